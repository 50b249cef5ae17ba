/**
 * The paths whose answer is the page itself, as Hono and wouter both read them. Everything else belongs to the API, whose
 * 404s stay JSON. A new page adds its path here and a line in `routes.tsx`.
 */
export const PAGE_PATHS = [
  '/',
  '/experiments',
  '/experiments/:experimentIds',
  '/runs/:runId',
  '/runs/:runId/:tab',
  '/compare',
  '/models',
  '/models/:name',
  '/models/:name/compare',
  '/models/:name/promotions',
  '/models/:name/versions/:version',
  '/promotions',
  '/settings',
] as const;
