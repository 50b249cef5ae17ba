import type { ComponentType } from 'react';
import type { Run } from '../../api/runs.ts';
import { late } from '../../ui/late/late.tsx';
import { Loading } from '../../ui/states/states.tsx';
import type { ActivityLog } from './activity/activity-log.ts';
import { Overview } from './overview/overview.tsx';

export interface TabProps {
  readonly run: Run;
  /** What came in since the page was opened. */
  readonly activity: ActivityLog;
}

/** A tab of a run: `id` stands in the URL. A tab is a line here, loaded when shown. */
export interface RunTab {
  readonly id: string;
  readonly title: string;
  readonly tab: ComponentType<TabProps>;
}

const lateTab = (id: string, title: string, load: () => Promise<ComponentType<TabProps>>): RunTab => ({
  id,
  title,
  tab: late(load, () => <Loading what={title} />),
});

export const OVERVIEW = 'overview';
export const ARTIFACTS = 'artifacts';

/** The tabs in their order. */
export const RUN_TABS: readonly RunTab[] = [
  { id: OVERVIEW, title: 'Overview', tab: Overview },
  lateTab(ARTIFACTS, 'Artifacts', () => import('./artifacts/artifacts.tsx').then(({ Artifacts }) => Artifacts)),
  lateTab('metrics', 'Metrics', () => import('./charts/metric-charts.tsx').then(({ MetricCharts }) => MetricCharts)),
  lateTab('system', 'System metrics', () =>
    import('./charts/metric-charts.tsx').then(({ SystemCharts }) => SystemCharts),
  ),
  lateTab('datasets', 'Inputs and outputs', () => import('./datasets/datasets.tsx').then(({ Datasets }) => Datasets)),
  lateTab('activity', 'Activity', () => import('./activity/activity.tsx').then(({ Activity }) => Activity)),
  lateTab('children', 'Child runs', () => import('./children/children.tsx').then(({ Children }) => Children)),
];
