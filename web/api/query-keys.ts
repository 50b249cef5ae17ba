import type { ExperimentSearch } from './experiments.ts';
import type { SampleQuestion } from './metrics.ts';
import type { PromotionTarget } from './promotion-target.ts';
import type { RequestSearch } from './promotions.ts';
import type { RegisteredModelSearch } from './registered-models.ts';
import type { RunSearch } from './runs.ts';

/** The keys of the query cache, from the general to the special: what changes experiments invalidates `experiments`. */
export const queryKeys = {
  experiments: ['experiments'],
  experimentSearch: (search: ExperimentSearch) => ['experiments', 'search', search],
  experiment: (experimentId: string) => ['experiments', 'one', experimentId],
  lastRuns: (experimentId: string) => ['runs', 'last of an experiment', experimentId],
  anyRun: (experimentIds: readonly string[]) => ['runs', 'any', experimentIds],
  runs: ['runs'],
  runSearch: (search: RunSearch) => ['runs', 'search', search],
  newestRuns: (search: RunSearch) => ['runs', 'newest', search],
  liveRuns: (runIds: readonly string[]) => ['runs', 'live', runIds],
  comparedRuns: (runIds: readonly string[]) => ['runs', 'compared', runIds],
  runCount: (search: RunSearch, newCount: number) => ['runs', 'count', search, newCount],
  runKeys: (experimentIds: readonly string[]) => ['runs', 'keys', experimentIds],
  runValues: (experimentIds: readonly string[], name: object | undefined) => ['runs', 'values', experimentIds, name],
  savedViews: (experimentIds: readonly string[]) => ['saved views', experimentIds],
  savedView: (viewId: string) => ['saved view', viewId],
  childRuns: (runId: string) => ['runs', 'children', runId],
  run: (runId: string) => ['runs', 'one', runId],
  artifactFolder: (runId: string, folder: string) => ['artifacts', runId, 'folder', folder],
  artifacts: (runId: string) => ['artifacts', runId],
  files: ['files'],
  file: (address: string, maxBytes: number | undefined) => ['files', address, maxBytes],
  loggedModel: (modelId: string) => ['logged models', modelId],
  statistics: (runIds: readonly string[], keys: readonly string[]) => ['metrics', 'statistics', runIds, keys],
  metricSample: (question: SampleQuestion) => ['metrics', 'sample', question],
  registeredModels: ['registered models'],
  registeredModelSearch: (search: RegisteredModelSearch) => ['registered models', 'search', search],
  registeredModelNames: ['registered models', 'names'],
  registeredModel: (name: string) => ['registered models', 'one', name],
  modelVersions: (name: string) => ['registered models', 'versions', name],
  modelVersion: (name: string, version: string) => ['registered models', 'version', name, version],
  versionsOfRun: (runId: string) => ['registered models', 'versions of a run', runId],
  promotions: ['promotions'],
  gate: (name: string, version: string, target: PromotionTarget) => ['promotions', 'gate', name, version, target],
  promotionRequests: (search: RequestSearch) => ['promotions', 'requests', search],
  promotionHistory: (name: string) => ['promotions', 'history', name],
  promotionPolicies: (name: string | undefined) => ['promotions', 'policies', name ?? null],
  tokens: ['tokens'],
  users: ['users'],
  roles: ['roles'],
  permissionsOf: (username: string) => ['permissions', username],
  experimentNames: ['experiments', 'names'],
} as const;
