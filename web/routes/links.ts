/** Addresses of the pages; nothing else in web/ puts a path together. */
export const links = {
  experiments: () => '/experiments',
  runs: (experimentIds: readonly string[], search = '') =>
    `/experiments/${experimentIds.map(encodeURIComponent).join(',')}${search}`,
  run: (runId: string, tab?: string) => `/runs/${encodeURIComponent(runId)}${tab ? `/${tab}` : ''}`,
  models: () => '/models',
  settings: () => '/settings',
} as const;
