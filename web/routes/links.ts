/** Addresses of the pages; nothing else in web/ puts a path together. */
export const links = {
  experiments: () => '/experiments',
  runs: (experimentIds: readonly string[], search = '') =>
    `/experiments/${experimentIds.map(encodeURIComponent).join(',')}${search}`,
  savedView: (experimentIds: readonly string[], viewId: string) =>
    links.runs(experimentIds, `?view=${encodeURIComponent(viewId)}`),
  run: (runId: string, tab?: string) => `/runs/${encodeURIComponent(runId)}${tab ? `/${tab}` : ''}`,
  artifact: (runId: string, path: string) => `${links.run(runId, 'artifacts')}?path=${encodeURIComponent(path)}`,
  compareRuns: (runIds: readonly string[]) => `/compare?runs=${runIds.map(encodeURIComponent).join(',')}`,
  /** The same comparison, shown another way. */
  comparison: (search: string) => `/compare${search}`,
  models: () => '/models',
  model: (name: string) => `/models/${encodeURIComponent(name)}`,
  modelVersion: (name: string, version: string) => `${links.model(name)}/versions/${encodeURIComponent(version)}`,
  /** A version, at the gate before a target. */
  gate: (name: string, version: string, target: string) =>
    `${links.modelVersion(name, version)}?target=${encodeURIComponent(target)}`,
  modelPromotions: (name: string) => `${links.model(name)}/promotions`,
  promotions: () => '/promotions',
  compareVersions: (name: string, versions: readonly string[]) =>
    `${links.model(name)}/compare?versions=${versions.map(encodeURIComponent).join(',')}`,
  settings: () => '/settings',
} as const;
