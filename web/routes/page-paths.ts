/**
 * The paths whose answer is the page itself, as Hono and wouter read them, and the page that each shows. Everything
 * else belongs to the API, whose 404s stay JSON. A new page has its lines here and one in `routes.tsx`.
 */
export const PAGES = {
  '/': 'experiments/page',
  '/experiments': 'experiments/page',
  '/experiments/:experimentIds': 'runs/page',
  '/runs/:runId': 'run/page',
  '/runs/:runId/:tab': 'run/page',
  '/compare': 'compare-runs/page',
  '/models': 'models/page',
  '/models/:name': 'model/page',
  '/models/:name/compare': 'compare-versions/page',
  '/models/:name/promotions': 'promotion/model-page',
  '/models/:name/versions/:version': 'model-version/page',
  '/promotions': 'promotion/page',
  '/settings': 'settings/page',
} as const;

export type PageName = (typeof PAGES)[keyof typeof PAGES];
