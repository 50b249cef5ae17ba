import { useCallback, useEffect, useId, useMemo, useRef } from 'react';
import { sentenceOf } from '../../api/api-error.ts';
import { saveCsv, savePicture } from '../../ui/actions/save-picture.ts';
import { Button, IconButton } from '../../ui/button/button.tsx';
import { classes } from '../../ui/classes.ts';
import type { Command } from '../../ui/commands/command.ts';
import { MenuButton } from '../../ui/menu/menu-button.tsx';
import { withItem } from '../../ui/order/order.ts';
import { tellTrouble } from '../../ui/toasts/toast-store.ts';
import type { ChangeState } from '../../ui/url-state/use-url-state.ts';
import type { ChartsState, chartsSchema } from '../charts-state.ts';
import { sampleNote, summaryOf } from '../maths/describe-lines.ts';
import type { Line, Range } from '../maths/line.ts';
import { linesCsv } from '../maths/lines-csv.ts';
import { type ChartRun, linesOfRuns } from '../maths/lines-of-runs.ts';
import { xRangeOf, yRangeOf } from '../maths/ranges.ts';
import { nameOfXAxis, type XAxis } from '../maths/x-axis.ts';
import { LinePlot } from '../plot/line-plot.tsx';
import { useColours } from '../use-colours.ts';
import { useSamples } from '../use-samples.ts';
import { LineTable } from './line-table.tsx';
import styles from './panels.module.css';
import { usePlace } from './use-place.ts';

export interface PanelContext {
  readonly axis: XAxis;
  readonly isGrouped: boolean;
  readonly isDark: boolean;
  readonly hiddenIds: ReadonlySet<string>;
  readonly state: ChartsState;
  readonly change: ChangeState<typeof chartsSchema>;
}

interface Props {
  readonly metricKey: string;
  /** Those that logged the metric. */
  readonly runs: readonly ChartRun[];
  readonly context: PanelContext;
  readonly isFolded: boolean;
  readonly onFold: (isFolded: boolean) => void;
}

/** A metric of some runs: a chart, or the same as a table. */
export function ChartPanel({ metricKey, runs, context, isFolded, onFold }: Props) {
  const id = useId();
  const { state, change } = context;
  const isTable = state.tables.includes(metricKey);
  const lines = useRef<readonly Line[]>(undefined);
  const keepLines = useCallback((drawn: readonly Line[] | undefined) => {
    lines.current = drawn;
  }, []);
  const place = usePlace(metricKey, state.panels, change);
  const savePng = async () => {
    const picture = place.ref.current?.querySelector('[role="img"]');
    if (picture) await savePicture(picture, metricKey);
  };
  const saves: readonly Command[] = [
    {
      id: 'csv',
      title: 'Save as CSV',
      icon: 'download',
      run: () => {
        const axisName = nameOfXAxis(context.axis);
        saveCsv(linesCsv({ metricKey, axisName, lines: lines.current ?? [], zoom: state.zoom }), metricKey);
      },
    },
    {
      id: 'png',
      title: 'Save as PNG',
      icon: 'download',
      disabledReason: isTable ? 'It is shown as a table' : undefined,
      run: () => void savePng().catch((error: unknown) => tellTrouble(sentenceOf(error))),
    },
  ];
  return (
    <section
      ref={place.ref}
      tabIndex={-1}
      className={classes(styles.panel, !isFolded && styles.open)}
      aria-labelledby={id}
    >
      <header className={classes(styles.head, place.isChosen && styles.movable)} {...place.drag}>
        <IconButton
          icon={isFolded ? 'chevronRight' : 'chevronDown'}
          label={`${isFolded ? 'Unfold' : 'Fold'} ${metricKey}`}
          onClick={() => onFold(!isFolded)}
        />
        <h3 id={id} title={metricKey}>
          {metricKey}
        </h3>
        {!isFolded && (
          <IconButton
            icon="columns"
            label={`Show ${metricKey} as a table`}
            aria-pressed={isTable}
            onClick={() => change({ tables: withItem(state.tables, metricKey, !isTable) })}
          />
        )}
        <MenuButton
          label={`Chart of ${metricKey}`}
          icon="menu"
          commands={isFolded ? place.commands : [...place.commands, ...saves]}
        />
      </header>
      {!isFolded && <Body metricKey={metricKey} runs={runs} context={context} isTable={isTable} onLines={keepLines} />}
    </section>
  );
}

interface BodyProps extends Pick<Props, 'metricKey' | 'runs' | 'context'> {
  readonly isTable: boolean;
  /** Hears what is drawn, for whoever saves it. */
  readonly onLines: (lines: readonly Line[] | undefined) => void;
}

function Body({ metricKey, runs, context, isTable, onLines }: BodyProps) {
  const { axis, isGrouped, hiddenIds, state } = context;
  const { shown, error, retry } = useSamples({ runs, metricKey, axis, zoom: state.zoom });
  const lines = useMemo(
    () =>
      shown === undefined
        ? undefined
        : linesOfRuns({ runs, ...shown, smoothing: state.smooth, isGrouped, band: state.band }).filter(
            ({ id }) => !hiddenIds.has(id),
          ),
    [runs, shown, state.smooth, state.band, isGrouped, hiddenIds],
  );
  useEffect(() => onLines(lines), [onLines, lines]);
  if (lines === undefined && error !== undefined) {
    return (
      <div className={styles.state} role="alert">
        <p>This chart cannot be drawn: {sentenceOf(error)}</p>
        <Button icon="refresh" onClick={retry}>
          Try again
        </Button>
      </div>
    );
  }
  if (lines === undefined) return <div className={styles.loading}>Loading {metricKey}…</div>;
  return isTable ? (
    <LineTable label={metricKey} lines={lines} />
  ) : (
    <Chart metricKey={metricKey} lines={lines} context={context} error={error} />
  );
}

interface ChartProps {
  readonly metricKey: string;
  readonly lines: readonly Line[];
  readonly context: PanelContext;
  /** Why the lines are not the newest. */
  readonly error: Error | undefined;
}

function Chart({ metricKey, lines, error, context: { axis, isDark, state, change } }: ChartProps) {
  const id = useId();
  const { xlog: isXLog, ylog: isYLog, zoom, outliers } = state;
  const ranges = useMemo(() => {
    const all = xRangeOf(lines, { isLog: isXLog });
    const x = all && zoomedOf(zoom, all, isXLog);
    const y = x && yRangeOf(lines, x, { isLog: isYLog, isWithoutOutliers: !outliers });
    return x && y && { x, y };
  }, [lines, isXLog, isYLog, zoom, outliers]);
  const colourOf = useColours();
  const painted = useMemo(
    () => lines.map((line) => ({ ...line, colour: colourOf(line.id)[isDark ? 'dark' : 'light'] })),
    [lines, isDark, colourOf],
  );
  const note = error === undefined ? sampleNote(lines) : `Not up to date: ${sentenceOf(error)}`;
  const axisName = nameOfXAxis(axis);
  return (
    <>
      {ranges === undefined ? (
        <p className={styles.state}>{reasonOf(state, lines.length)}</p>
      ) : (
        <LinePlot
          label={`Line chart of ${metricKey} by ${axisName}`}
          descriptionId={id}
          lines={painted}
          axis={axis}
          xRange={ranges.x}
          yRange={ranges.y}
          isXLog={isXLog}
          isYLog={isYLog}
          isDark={isDark}
          onZoom={(range) => change({ zoom: rounded(range, axis) })}
          onReset={() => change({ zoom: undefined })}
        />
      )}
      <p id={id} className={styles.hidden}>
        {summaryOf(metricKey, axisName, lines)}
      </p>
      {note !== undefined && <p className={styles.note}>{note}</p>}
    </>
  );
}

/** On a logarithm a zoom begins where the lines do. */
function zoomedOf(zoom: Range | undefined, all: Range, isLog: boolean): Range {
  if (zoom === undefined) return all;
  const from = isLog && zoom.from <= 0 ? all.from : zoom.from;
  return from < zoom.to ? { from, to: zoom.to } : all;
}

function reasonOf({ zoom, xlog, ylog }: ChartsState, count: number): string {
  if (zoom !== undefined) return 'No point lies within the zoom.';
  if (count === 0) return 'No run that is shown has a point here.';
  return xlog || ylog ? 'A log scale has no place for these values.' : 'No value here is a number.';
}

/** Steps and ms are whole; of a metric a few digits do. */
function rounded({ from, to }: Range, axis: XAxis): Range {
  if (axis.kind === 'metric') return { from: Number(from.toPrecision(6)), to: Number(to.toPrecision(6)) };
  const whole = { from: Math.floor(from), to: Math.ceil(to) };
  return whole.from < whole.to ? whole : { from: whole.from, to: whole.from + 1 };
}
