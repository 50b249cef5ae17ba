import { metricScenarios } from './fault-scenarios/metric-scenarios.ts';
import { otherScenarios } from './fault-scenarios/other-scenarios.ts';
import { registryScenarios } from './fault-scenarios/registry-scenarios.ts';
import { runScenarios } from './fault-scenarios/run-scenarios.ts';
import { describeFaults, faultEngine } from './fault-suite.ts';

describeFaults(faultEngine({ isOnlyWriter: true }), [
  ...metricScenarios,
  ...otherScenarios,
  ...registryScenarios,
  ...runScenarios,
]);
