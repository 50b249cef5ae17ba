import { type ReactNode, useId, useMemo, useRef } from 'react';
import type { Run } from '../../../api/runs.ts';
import { IconButton } from '../../../ui/button/button.tsx';
import { ComboBox } from '../../../ui/combo-box/combo-box.tsx';
import { formatCount, formatNumber } from '../../../ui/format/number.ts';
import { withItem } from '../../../ui/order/order.ts';
import { Empty } from '../../../ui/states/states.tsx';
import type { ChangeState } from '../../../ui/url-state/use-url-state.ts';
import { automaticColumns } from '../automatic-columns.ts';
import frame from '../chart-frame.module.css';
import { ChartMenu } from '../chart-menu.tsx';
import { formatColumnId } from '../column-id.ts';
import type { Shown } from '../figure-python.ts';
import type { KeyCatalogue } from '../key-catalogue.ts';
import { axisOfColumn, type ParallelAxis } from '../parallel/parallel-axes.ts';
import type { RunsState, runsSchema } from '../runs-state.ts';
import { peaksOf } from './contour/ground.ts';
import { figureCsv } from './figure-csv.ts';
import { barsOf, boxesOf, countGroups, countOf, dotsOf, importanceOf, MOST_BARS } from './figure-data.ts';
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
  /** Which part of all runs these are; undefined when they are all. */
  readonly part: string | undefined;
  /** The lines of Python that give what is shown. */
  readonly python: (shown: Shown) => string;
}

/** A chart of one value for each run: dots, bars, boxes, or what goes together with it. */
export function FigureView({ kind, runs, keys, state, change, part, python }: Props) {
  const id = useId();
  const view = useRef<HTMLDivElement>(null);
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
    <div ref={view} className={frame.view}>
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
            {part !== undefined && ` Of ${part}: those that are loaded.`}
          </p>
        )}
        {drawn !== undefined && (
          <ChartMenu
            name={drawn.label}
            drawnIn={view}
            python={() => python(shownOf(kind, { along, by, of }))}
            csv={() => figureCsv(drawn.figure)}
          />
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

function shownOf(kind: FigureKind, { along, by, of }: Omit<Chosen, 'candidates'>): Shown {
  switch (kind) {
    case 'scatter':
      return { kind, columns: [along, of] };
    case 'contour':
      return { kind, columns: [along, by, of] };
    case 'box':
      return { kind, along, of };
    case 'bar':
      return { kind, of, most: MOST_BARS };
    case 'importance':
      return { kind, of };
    default: {
      const never: never = kind;
      return never;
    }
  }
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
      const which = someOf(bars.length, countOf(y), 'value', 'greatest');
      const summary = `${which} of ${y.title}: ${bars[0]?.label} first.`;
      return { figure: { kind, bars, y }, label: `Bars of ${y.title}`, summary };
    }
    case 'importance': {
      const looked = candidates.slice(0, mostColumns(runs));
      const found = importanceOf(axesOf(runs, looked), y);
      if (found.length === 0) return undefined;
      const bars = found.slice(0, MOST_BARS);
      const which = someOf(bars.length, found.length, 'column', 'strongest');
      const part = someOf(looked.length, candidates.length, 'key', 'first');
      const among = looked.length < candidates.length ? ` Looked at: ${part.toLowerCase()} by name.` : '';
      const summary = `${bars[0]?.title} goes together with ${y.title} most. That is no proof of a cause. ${which}.${among}`;
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

/** Of twelve thousand keys, as many as can be looked at between two frames. */
const mostColumns = (runs: readonly Run[]): number => Math.ceil(MOST_VALUES / Math.max(1, runs.length));

const axesOf = (runs: readonly Run[], columns: readonly string[]): readonly ParallelAxis[] =>
  columns.flatMap((column) => axisOfColumn(runs, column) ?? []);

/** `The 20 largest of 34 groups`, or `20 groups` when these are all. */
const someOf = (drawn: number, all: number, noun: string, which: string): string =>
  drawn < all ? `The ${formatNumber(drawn)} ${which} of ${formatCount(all, noun)}` : formatCount(drawn, noun);

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
  return {
    figure: { kind: 'contour', peaks, x, y, of: z.id },
    label: `${z.title} above ${x.title} and ${y.title}`,
    summary,
  };
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
  const which = someOf(boxes.length, countGroups(x, y), 'group', 'largest');
  const summary = `Least, quartiles and greatest of ${y.title}. ${which}.`;
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
