import { type ReactNode, useMemo, useState } from 'react';
import { IconButton } from '../../ui/button/button.tsx';
import { ComboBox } from '../../ui/combo-box/combo-box.tsx';
import { SearchField, Select } from '../../ui/form/field.tsx';
import { useTyped } from '../../ui/form/use-typed.ts';
import { formatNumber } from '../../ui/format/number.ts';
import { formatDuration, formatExact } from '../../ui/format/time.ts';
import { withItem } from '../../ui/order/order.ts';
import { Toolbar } from '../../ui/page/page-header.tsx';
import type { ChangeState } from '../../ui/url-state/use-url-state.ts';
import type { ChartsState, chartsSchema } from '../charts-state.ts';
import type { Range } from '../maths/line.ts';
import { formatXAxis, type XAxis } from '../maths/x-axis.ts';
import styles from './charts-toolbar.module.css';

const AXES = [
  { value: 'step', text: 'By step' },
  { value: 'relative', text: 'By relative time' },
  { value: 'wall', text: 'By wall time' },
  { value: 'metric', text: 'By another metric' },
] as const;

const BANDS = [
  { value: 'range', text: 'Least to greatest' },
  { value: 'deviation', text: 'Standard deviation' },
] as const;

interface Props {
  readonly state: ChartsState;
  readonly change: ChangeState<typeof chartsSchema>;
  readonly axis: XAxis;
  readonly keys: readonly string[];
  /** Whether lines are means of groups, which have a band around them. */
  readonly isGrouped: boolean;
  /** What can be done with them. */
  readonly children?: ReactNode;
}

/** How charts are drawn, all of them alike. */
export function ChartsToolbar({ state, change, axis, keys, isGrouped, children }: Props) {
  const addable = useMemo(() => {
    const chosen = new Set(state.panels);
    return keys.filter((key) => !chosen.has(key));
  }, [keys, state.panels]);
  const find = useTyped(state.find, (typed) => change({ find: typed }, 'replace'));
  return (
    <Toolbar label="How charts are drawn">
      <div className={styles.find}>
        <SearchField label="Find metrics" placeholder="Find metrics" {...find} />
      </div>
      <AxisChoice axis={axis} keys={keys} onChange={(x) => change({ x, zoom: undefined })} />
      <Check label="Log x" isOn={state.xlog} onChange={(xlog) => change({ xlog })} />
      <Check label="Log y" isOn={state.ylog} onChange={(ylog) => change({ ylog })} />
      <Check label="Outliers" isOn={state.outliers} onChange={(outliers) => change({ outliers })} />
      <label className={styles.check}>
        Smoothing
        <input
          type="range"
          min={0}
          max={0.99}
          step={0.01}
          value={state.smooth}
          onChange={(event) => change({ smooth: Number(event.target.value) }, 'replace')}
        />
        <output className={styles.weight}>{state.smooth.toFixed(2)}</output>
      </label>
      {isGrouped && (
        <Select label="Band around a mean" value={state.band} options={BANDS} onChange={(band) => change({ band })} />
      )}
      {state.zoom !== undefined && (
        <span className={styles.chosen}>
          {textOfRange(state.zoom, axis)}
          <IconButton icon="close" label="Show the whole range" onClick={() => change({ zoom: undefined })} />
        </span>
      )}
      <div className={styles.add}>
        <ComboBox
          key={state.panels.length}
          label="Add a chart at the top"
          placeholder="Add a chart…"
          items={addable}
          onChoose={(key) => change({ panels: withItem(state.panels, key, true) })}
        />
      </div>
      {state.panels.length > 0 && (
        <Check label="Only chosen charts" isOn={state.only} onChange={(only) => change({ only })} />
      )}
      {children}
    </Toolbar>
  );
}

function textOfRange({ from, to }: Range, { kind }: XAxis): string {
  if (kind === 'wall') return `${formatExact(from)} – ${formatExact(to)}`;
  if (kind === 'relative') return `${formatDuration(from)} – ${formatDuration(to)}`;
  return `${kind === 'step' ? 'Steps ' : ''}${formatNumber(from)} – ${formatNumber(to)}`;
}

interface AxisProps {
  readonly axis: XAxis;
  readonly keys: readonly string[];
  readonly onChange: (x: string) => void;
}

function AxisChoice({ axis, keys, onChange }: AxisProps) {
  const [isChoosing, setChoosing] = useState(false);
  const isMetric = isChoosing || axis.kind === 'metric';
  const choose = (value: (typeof AXES)[number]['value']) => {
    setChoosing(value === 'metric');
    if (value !== 'metric') onChange(value);
  };
  const chooseKey = (key: string) => {
    setChoosing(false);
    onChange(formatXAxis({ kind: 'metric', key }));
  };
  return (
    <>
      <Select label="Along x" value={isMetric ? 'metric' : axis.kind} options={AXES} onChange={choose} />
      {isChoosing && (
        <div className={styles.find}>
          <ComboBox label="Metric along x" placeholder="Which metric?" items={keys} onChoose={chooseKey} />
        </div>
      )}
      {!isChoosing && axis.kind === 'metric' && (
        <span className={styles.chosen}>
          {axis.key}
          <IconButton icon="edit" label="Another metric along x" onClick={() => setChoosing(true)} />
        </span>
      )}
    </>
  );
}

interface CheckProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

const Check = ({ label, isOn, onChange }: CheckProps) => (
  <label className={styles.check}>
    <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
    {label}
  </label>
);
