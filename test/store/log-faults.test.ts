import { metricScenarios } from './fault-scenarios/metric-scenarios.ts';
import { otherScenarios } from './fault-scenarios/other-scenarios.ts';
import { describeFaults, faultEngine } from './fault-suite.ts';

describeFaults(faultEngine(), [...metricScenarios, ...otherScenarios]);
