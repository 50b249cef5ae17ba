import { MEMORY_JOURNAL } from '../../local/dynamodb/write-journal.ts';
import { metricScenarios } from './fault-scenarios/metric-scenarios.ts';
import { otherScenarios } from './fault-scenarios/other-scenarios.ts';
import { runScenarios } from './fault-scenarios/run-scenarios.ts';
import { describeFaults, faultEngine } from './fault-suite.ts';

const lateWrites = { journal: MEMORY_JOURNAL, report: console.error };

// Runs stand for all that are documents: what is late is decided below them.
describeFaults(faultEngine({ isOnlyWriter: true, lateWrites }), [
  ...metricScenarios,
  ...otherScenarios,
  ...runScenarios,
]);
