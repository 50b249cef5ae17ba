import { useMemo } from 'react';
import { ChartsView } from '../../../charts/charts-view.tsx';
import { SYSTEM_PREFIX } from '../../../charts/maths/panel-layout.ts';
import type { TabProps } from '../tabs.tsx';

const isOfMachine = (key: string): boolean => key.startsWith(SYSTEM_PREFIX);
const isOfTraining = (key: string): boolean => !isOfMachine(key);

/** The metrics that a run logged itself, as lines. */
export const MetricCharts = ({ run }: TabProps) => <ChartsView runs={useOne(run)} isWanted={isOfTraining} />;

/** What MLflow's client logged of the machine: processors, memory, disks, network. */
export const SystemCharts = ({ run }: TabProps) => <ChartsView runs={useOne(run)} isWanted={isOfMachine} />;

const useOne = (run: TabProps['run']) => useMemo(() => [run], [run]);
