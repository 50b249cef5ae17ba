import { type ReactNode, useId, useMemo, useRef } from 'react';
import type { Run } from '../../../api/runs.ts';
import { IconButton } from '../../../ui/button/button.tsx';
import { ComboBox } from '../../../ui/combo-box/combo-box.tsx';
import { withItem } from '../../../ui/order/order.ts';
import { Empty } from '../../../ui/states/states.tsx';
import type { ChangeState } from '../../../ui/url-state/use-url-state.ts';
import { automaticColumns } from '../automatic-columns.ts';
import frame from '../chart-frame.module.css';
import { ChartMenu } from '../chart-menu.tsx';
import { formatColumnId } from '../column-id.ts';
import type { Shown } from '../figure-python.ts';
import type { KeyCatalogue } from '../key-catalogue.ts';
import { axisOfColumn } from '../parallel/parallel-axes.ts';
import type { RunsState, runsSchema } from '../runs-state.ts';
import { figureCsv } from './figure-csv.ts';
import { MOST_BARS } from './figure-data.ts';
import { type Chosen, type FigureKind, figureOf, NUMBERS } from './figure-of.ts';
import { FigurePlot } from './figure-plot.tsx';
import styles from './figures.module.css';

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

const REASONS: Partial<Record<FigureKind, string>> = {
  importance: 'Five runs or more must have both a param and the metric.',
  contour: 'Three runs or more must have a number along both axes, and the metric. Choose others above.',
};
const REASON = 'No run that is loaded has a number there. Choose another metric or param above.';

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
