import type { StoreOptions, TestStore } from './open-test-store.ts';
import { describeCapacity } from './suite/capacity.ts';
import { describeDatasets } from './suite/datasets.ts';
import { describeExperimentNames } from './suite/experiment-names.ts';
import { describeExperiments } from './suite/experiments.ts';
import { describeIdentity } from './suite/identity.ts';
import { describeLargeDocuments } from './suite/large-documents.ts';
import { describeLatestMetrics } from './suite/latest-metrics.ts';
import { describeLoggedModels } from './suite/logged-models.ts';
import { describeMetricHistory } from './suite/metric-history.ts';
import { describeModelVersions } from './suite/model-versions.ts';
import { describePackedItems, describePackedMetrics } from './suite/packed-metrics.ts';
import { describePromotions } from './suite/promotions.ts';
import { describeRegisteredModels } from './suite/registered-models.ts';
import { describeRemovals } from './suite/removals.ts';
import { describeRunSurvey } from './suite/run-survey.ts';
import { describeRuns } from './suite/runs.ts';
import { describeSavedViews } from './suite/saved-views.ts';
import { describeSecrets } from './suite/secrets.ts';
import { describeStages } from './suite/stages.ts';
import { describeWebhooks } from './suite/webhooks.ts';
import { describeWorkList } from './suite/work-list.ts';
import { type Engine, engineAroundTests } from './test-engine.ts';

/** Gives a store on a table of its own. */
export type OpenStore = () => Promise<TestStore>;

/** All that the Store door promises, as tests over the engine that `start` starts; to be called in a `describe`. */
export function describeStore(start: () => Promise<Engine>, options: StoreOptions = {}): void {
  const open = engineAroundTests(start, options).openTable;
  describeExperiments(open);
  describeExperimentNames(open);
  describeRuns(open);
  describeRunSurvey(open);
  describeSavedViews(open);
  describeStages(open);
  describeLatestMetrics(open);
  describeMetricHistory(open);
  describePackedMetrics(open);
  describeDatasets(open);
  describeLoggedModels(open);
  describePromotions(open);
  describeRegisteredModels(open);
  describeModelVersions(open);
  describeLargeDocuments(open);
  describeSecrets(open);
  describeRemovals(open);
  describeWebhooks(open);
  describeWorkList(open);
  describeIdentity(open);
  // What goes into the table late is no single operation's cost, and several log calls may be one item there.
  if (options.lateWrites) return;
  describePackedItems(open);
  describeCapacity(open);
}
