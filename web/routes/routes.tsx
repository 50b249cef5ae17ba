import { type ComponentType, lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { NotFoundPage } from '../pages/not-found/page.tsx';
import { Loading } from '../ui/states/states.tsx';

const ExperimentsPage = lazy(() =>
  import('../pages/experiments/page.tsx').then(({ ExperimentsPage: page }) => ({ default: page })),
);
const RunsPage = lazy(() => import('../pages/runs/page.tsx').then(({ RunsPage: page }) => ({ default: page })));
const RunPage = lazy(() => import('../pages/run/page.tsx').then(({ RunPage: page }) => ({ default: page })));
const ModelsPage = lazy(() => import('../pages/models/page.tsx').then(({ ModelsPage: page }) => ({ default: page })));
const ModelPage = lazy(() => import('../pages/model/page.tsx').then(({ ModelPage: page }) => ({ default: page })));
const VersionPage = lazy(() =>
  import('../pages/model-version/page.tsx').then(({ VersionPage: page }) => ({ default: page })),
);
const CompareVersionsPage = lazy(() =>
  import('../pages/compare-versions/page.tsx').then(({ CompareVersionsPage: page }) => ({ default: page })),
);
const CompareRunsPage = lazy(() =>
  import('../pages/compare-runs/page.tsx').then(({ CompareRunsPage: page }) => ({ default: page })),
);
const ModelPromotionsPage = lazy(() =>
  import('../pages/promotion/model-page.tsx').then(({ ModelPromotionsPage: page }) => ({ default: page })),
);
const PromotionsPage = lazy(() =>
  import('../pages/promotion/page.tsx').then(({ PromotionsPage: page }) => ({ default: page })),
);
const SettingsPage = lazy(() =>
  import('../pages/settings/page.tsx').then(({ SettingsPage: page }) => ({ default: page })),
);

/** What is drawn at a path; a page's code is loaded when it is first shown. Paths that the server must know stand in page-paths.ts. */
const ROUTES: readonly { readonly path: string; readonly page: ComponentType }[] = [
  { path: '/', page: ExperimentsPage },
  { path: '/experiments', page: ExperimentsPage },
  { path: '/experiments/:experimentIds', page: RunsPage },
  { path: '/runs/:runId', page: RunPage },
  { path: '/runs/:runId/:tab', page: RunPage },
  { path: '/compare', page: CompareRunsPage },
  { path: '/models', page: ModelsPage },
  { path: '/models/:name', page: ModelPage },
  { path: '/models/:name/compare', page: CompareVersionsPage },
  { path: '/models/:name/promotions', page: ModelPromotionsPage },
  { path: '/models/:name/versions/:version', page: VersionPage },
  { path: '/promotions', page: PromotionsPage },
  { path: '/settings', page: SettingsPage },
];

/** The page of the current path. */
export function Routes() {
  return (
    <Suspense fallback={<Loading what="the page" />}>
      <Switch>
        {ROUTES.map(({ path, page }) => (
          <Route key={path} path={path} component={page} />
        ))}
        <Route>
          <NotFoundPage />
        </Route>
      </Switch>
    </Suspense>
  );
}
