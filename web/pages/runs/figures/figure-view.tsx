import { type ReactNode, useId, useMemo } from 'react';
import type { Run } from '../../../api/runs.ts';
import { IconButton } from '../../../ui/button/button.tsx';
import { ComboBox } from '../../../ui/combo-box/combo-box.tsx';
import { formatCount } from '../../../ui/format/number.ts';
import { withItem } from '../../../ui/order/order.ts';
import { Empty } from '../../../ui/states/states.tsx';
import type { ChangeState } from '../../../ui/url-state/use-url-state.ts';
import { automaticColumns } from '../automatic-columns.ts';
import frame from '../chart-frame.module.css';
import { formatColumnId } from '../column-id.ts';
import type { KeyCatalogue } from '../key-catalogue.ts';
import { axisOfColumn, type ParallelAxis } from '../parallel/parallel-axes.ts';
import type { RunsState, runsSchema } from '../runs-state.ts';
import { peaksOf } from './contour/ground.ts';
import { barsOf, boxesOf, dotsOf, importanceOf } from './figure-data.ts';
import type { Figure } from './figure-options.ts';
import { FigurePlot } from './figure-plot.tsx';
import styles from './figures.module.css';

export type FigureKind = 'scatter' | 'bar' | 'box' | 'contour' | 'importance';

interface Props {
  readonly kind: FigureKind;
  /** Those that are loaded. */
  readonly runs: readonly Run[];
  readonly keys: KeyCatalogue;
  readonly state: RunsState;
  readonly change: ChangeState<typeof runsSchema>;
  readonly hasMore: boolean;
}

/** A chart of one value for each run: dots, bars, boxes, or what goes together with it. */
export function FigureView({ kind, runs, keys, state, change, hasMore }: Props) {
  const id = useId();
  const metrics = useMemo(() => keys.metric.map((key) => formatColumnId({ kind: 'metric', key })), [keys]);
  const params = useMemo(() => keys.param.map((key) => formatColumnId({ kind: 'param', key })), [keys]);
  const automatic = useMemo(() => automaticColumns(runs, false), [runs]);
  const of = state.of || automatic.find((column) => column.startsWith('metrics.')) || '';
  const numbers = useMemo(
    () => automatic.filter((column) => column !== of && NUMBERS.has(axisOfColumn(runs, column)?.kind)),
    [automatic, runs, of],
  );
  const along =
    state.along || (kind === 'contour' ? numbers[0] : automatic.find((column) => column.startsWith('params.'))) || '';
  const by = state.by || numbers.find((column) => column !== along) || '';
  const drawn = useMemo(
    () => figureOf(kind, runs, { along, by, of, candidates: [...params, ...metrics] }),
    [kind, runs, along, by, of, params, metrics],
  );
  const select = (runId: string) =>
    change({ selected: withItem(state.selected, runId, !state.selected.includes(runId)) }, 'replace');
  return (
    <div className={frame.view}>
      <div className={frame.bar}>
        {(kind === 'scatter' || kind === 'box' || kind === 'contour') && (
          <AxisChoice
            label={kind === 'box' ? 'Grouped by' : 'Across'}
            column={along}
            columns={kind === 'box' ? params : [...params, ...metrics]}
            onChange={(next) => change({ along: next })}
          />
        )}
        {kind === 'contour' && (
          <AxisChoice
            label="Up"
            column={by}
            columns={[...params, ...metrics]}
            onChange={(next) => change({ by: next })}
          />
        )}
        <AxisChoice
          label={kind === 'importance' ? 'For' : 'Of'}
          column={of}
          columns={metrics}
          onChange={(next) => change({ of: next })}
        />
        {drawn !== undefined && (
          <p id={id} className={frame.note}>
            {drawn.summary}
            {hasMore && ' Of the runs that are loaded.'}
          </p>
        )}
      </div>
      {drawn === undefined ? (
        <Empty title="There is nothing to draw of these">
          <p>{REASONS[kind] ?? REASON}</p>
        </Empty>
      ) : (
        <FigurePlot
          label={drawn.label}
          descriptionId={id}
          figure={drawn.figure}
          chosenIds={state.selected}
          onSelect={select}
        />
      )}
    </div>
  );
}

/** What can stand along an axis of numbers. */
const NUMBERS: ReadonlySet<string | undefined> = new Set(['linear', 'log']);

const REASONS: Partial<Record<FigureKind, string>> = {
  importance: 'Five runs or more must have both a param and the metric.',
  contour: 'Three runs or more must have a number along both axes, and the metric. Choose others above.',
};
const REASON = 'No run that is loaded has a number there. Choose another metric or param above.';

interface Drawn {
  readonly figure: Figure;
  readonly label: string;
  /** The chart in words. */
  readonly summary: string;
}

interface Chosen {
  readonly along: string;
  readonly by: string;
  readonly of: string;
  readonly candidates: readonly string[];
}

/** What is drawn; undefined when there is nothing to. */
function figureOf(kind: FigureKind, runs: readonly Run[], { along, by, of, candidates }: Chosen): Drawn | undefined {
  const y = axisOfColumn(runs, of);
  if (y === undefined) return undefined;
  switch (kind) {
    case 'bar': {
      const bars = barsOf(runs, y);
      if (bars.length === 0) return undefined;
      const summary = `The greatest ${formatCount(bars.length, 'value')} of ${y.title}: ${bars[0]?.label} first.`;
      return { figure: { kind, bars, y }, label: `Bars of ${y.title}`, summary };
    }
    case 'importance': {
      const axes = axesOf(runs, candidates);
      const bars = importanceOf(axes, y);
      if (bars.length === 0) return undefined;
      const [first] = bars;
      const summary = `${first?.title} goes together with ${y.title} most. That is no proof of a cause.`;
      return { figure: { kind, bars }, label: `What goes together with ${y.title}`, summary };
    }
    case 'contour': {
      const axes = [axisOfColumn(runs, along), axisOfColumn(runs, by)];
      return contourOf(runs, axes, y);
    }
    default: {
      const x = axisOfColumn(runs, along);
      return x && figureOfTwo(kind, runs, x, y);
    }
  }
}

/** Values that are looked at, at most, to find what matters: about a tenth of a second. */
const MOST_VALUES = 500_000;

/** Of twelve thousand keys, the first that can be looked at between two frames. */
const axesOf = (runs: readonly Run[], columns: readonly string[]): readonly ParallelAxis[] =>
  columns
    .slice(0, Math.ceil(MOST_VALUES / Math.max(1, runs.length)))
    .flatMap((column) => axisOfColumn(runs, column) ?? []);

/** With fewer there is no ground between them. */
const LEAST_PEAKS = 3;

function contourOf(
  runs: readonly Run[],
  [x, y]: readonly (ParallelAxis | undefined)[],
  z: ParallelAxis,
): Drawn | undefined {
  if (!NUMBERS.has(x?.kind) || !NUMBERS.has(y?.kind) || x === undefined || y === undefined) return undefined;
  const heights = new Map(runs.map(({ runId }, row) => [runId, z.places[row] ?? Number.NaN]));
  const peaks = peaksOf(dotsOf(runs, x, y), heights);
  if (peaks.length < LEAST_PEAKS) return undefined;
  const summary = `${formatCount(peaks.length, 'run')}; between them the mean of those nearby. A click chooses one.`;
  return { figure: { kind: 'contour', peaks, x, y }, label: `${z.title} above ${x.title} and ${y.title}`, summary };
}

function figureOfTwo(
  kind: 'scatter' | 'box',
  runs: readonly Run[],
  x: ParallelAxis,
  y: ParallelAxis,
): Drawn | undefined {
  if (kind === 'scatter') {
    const dots = dotsOf(runs, x, y);
    if (dots.length === 0) return undefined;
    const summary = `${formatCount(dots.length, 'run')}. A click chooses one.`;
    return { figure: { kind, dots, x, y }, label: `${y.title} against ${x.title}`, summary };
  }
  const boxes = boxesOf(x, y);
  if (boxes.length === 0) return undefined;
  const summary = `Least, quartiles and greatest of ${y.title} in ${formatCount(boxes.length, 'group')}.`;
  return { figure: { kind, boxes, x, y }, label: `Boxes of ${y.title} by ${x.title}`, summary };
}

interface ChoiceProps {
  readonly label: string;
  readonly column: string;
  readonly columns: readonly string[];
  readonly onChange: (column: string) => void;
}

function AxisChoice({ label, column, columns, onChange }: ChoiceProps): ReactNode {
  return (
    <div className={styles.choice}>
      <span>{label}</span>
      {column !== '' && (
        <span className={styles.chosen}>
          {column}
          <IconButton
            icon="close"
            label={`Choose what stands ${label.toLowerCase()} automatically`}
            onClick={() => onChange('')}
          />
        </span>
      )}
      {/* With a choice made it begins anew, or its list would stay open. */}
      <div className={styles.find}>
        <ComboBox key={column} label={`${label}: another`} placeholder="Another…" items={columns} onChoose={onChange} />
      </div>
    </div>
  );
}
