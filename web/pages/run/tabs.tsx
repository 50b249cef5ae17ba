import { type ComponentType, lazy } from 'react';
import type { Run } from '../../api/runs.ts';
import { Overview } from './overview/overview.tsx';

export interface TabProps {
  readonly run: Run;
}

/** A tab of a run: `id` stands in the URL. A tab is a line here, loaded when shown. */
export interface RunTab {
  readonly id: string;
  readonly title: string;
  readonly tab: ComponentType<TabProps>;
}

const Artifacts = lazy(() => import('./artifacts/artifacts.tsx').then(({ Artifacts: tab }) => ({ default: tab })));
const MetricCharts = lazy(() =>
  import('./charts/metric-charts.tsx').then(({ MetricCharts: tab }) => ({ default: tab })),
);
const SystemCharts = lazy(() =>
  import('./charts/metric-charts.tsx').then(({ SystemCharts: tab }) => ({ default: tab })),
);
const Datasets = lazy(() => import('./datasets/datasets.tsx').then(({ Datasets: tab }) => ({ default: tab })));
const Children = lazy(() => import('./children/children.tsx').then(({ Children: tab }) => ({ default: tab })));

export const OVERVIEW = 'overview';

/** The tabs in their order. */
export const RUN_TABS: readonly RunTab[] = [
  { id: OVERVIEW, title: 'Overview', tab: Overview },
  { id: 'artifacts', title: 'Artifacts', tab: Artifacts },
  { id: 'metrics', title: 'Metrics', tab: MetricCharts },
  { id: 'system', title: 'System metrics', tab: SystemCharts },
  { id: 'datasets', title: 'Inputs and outputs', tab: Datasets },
  { id: 'children', title: 'Child runs', tab: Children },
];
