import type { ComponentType } from 'react';
import { Route, Switch } from 'wouter';
import { NotFoundPage } from '../pages/not-found/page.tsx';
import { late } from '../ui/late/late.tsx';
import { Loading } from '../ui/states/states.tsx';
import { PAGES, type PageName } from './page-paths.ts';

const latePage = (load: () => Promise<ComponentType>): ComponentType => late(load, () => <Loading what="the page" />);

/** The component of each page, whose code is loaded when it is first shown. */
const COMPONENTS: Readonly<Record<PageName, ComponentType>> = {
  'experiments/page': latePage(() => import('../pages/experiments/page.tsx').then((page) => page.ExperimentsPage)),
  'runs/page': latePage(() => import('../pages/runs/page.tsx').then((page) => page.RunsPage)),
  'run/page': latePage(() => import('../pages/run/page.tsx').then((page) => page.RunPage)),
  'compare-runs/page': latePage(() => import('../pages/compare-runs/page.tsx').then((page) => page.CompareRunsPage)),
  'models/page': latePage(() => import('../pages/models/page.tsx').then((page) => page.ModelsPage)),
  'model/page': latePage(() => import('../pages/model/page.tsx').then((page) => page.ModelPage)),
  'model-version/page': latePage(() => import('../pages/model-version/page.tsx').then((page) => page.VersionPage)),
  'compare-versions/page': latePage(() =>
    import('../pages/compare-versions/page.tsx').then((page) => page.CompareVersionsPage),
  ),
  'promotion/model-page': latePage(() =>
    import('../pages/promotion/model-page.tsx').then((page) => page.ModelPromotionsPage),
  ),
  'promotion/page': latePage(() => import('../pages/promotion/page.tsx').then((page) => page.PromotionsPage)),
  'settings/page': latePage(() => import('../pages/settings/page.tsx').then((page) => page.SettingsPage)),
};

/** The page of the current path. */
export function Routes() {
  return (
    <Switch>
      {Object.entries(PAGES).map(([path, name]) => (
        <Route key={path} path={path} component={COMPONENTS[name]} />
      ))}
      <Route>
        <NotFoundPage />
      </Route>
    </Switch>
  );
}
