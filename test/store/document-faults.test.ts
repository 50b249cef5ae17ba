import { experimentScenarios } from './fault-scenarios/experiment-scenarios.ts';
import { runScenarios } from './fault-scenarios/run-scenarios.ts';
import { describeFaults, faultEngine } from './fault-suite.ts';

describeFaults(faultEngine(), [...experimentScenarios, ...runScenarios]);
