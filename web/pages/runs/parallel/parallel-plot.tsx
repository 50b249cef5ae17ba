import { ParallelChart } from 'echarts/charts';
import { ParallelComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Run } from '../../../api/runs.ts';
import type { ColourOf } from '../../../charts/maths/run-colours.ts';
import { useIsDark } from '../../../charts/plot/use-is-dark.ts';
import { useColours } from '../../../charts/use-colours.ts';
import { formatNumber } from '../../../ui/format/number.ts';
import { type Brushes, isSameBrush, type Stretch } from './brushes.ts';
import styles from './parallel.module.css';
import type { ParallelAxis } from './parallel-axes.ts';

use([ParallelChart, ParallelComponent, CanvasRenderer]);

interface Props {
  readonly label: string;
  readonly descriptionId: string;
  readonly runs: readonly Run[];
  readonly axes: readonly ParallelAxis[];
  /** Runs that stand out; all do when none is named. */
  readonly chosenIds: ReadonlySet<string>;
  readonly brushes: Brushes;
  /** Called when a stretch of an axis was brushed, or its brush taken away. */
  readonly onBrush: (brushes: Brushes) => void;
}

const WIDTH = 1.5;
const BEHIND_ALPHA = 0.12;
const ALPHA = 0.85;
const EDGES = { left: 60, right: 90, top: 44, bottom: 24 };
const LEAST_GAP = 96;
/** A drag tells of each of its moves; the URL hears of the last. */
const SETTLED_MS = 200;

/** Runs as lines across axes, one for each metric and param; a drag along an axis brushes it. */
export function ParallelPlot({ label, descriptionId, runs, axes, chosenIds, brushes, onBrush }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const brush = useRef(onBrush);
  /** What the chart shows, while the URL may still have to hear of it. */
  const drawn = useRef<Brushes>(new Map());
  const settling = useRef<number>(undefined);
  const colourOf = useColours();
  const isDark = useIsDark();
  useLayoutEffect(() => {
    brush.current = onBrush;
  });
  useLayoutEffect(() => {
    if (element.current === null) return;
    const made = init(element.current);
    chart.current = made;
    made.on('axisareaselected', (event) => {
      // ECharts types no events of its components.
      const { parallelAxisId, intervals } = event as BrushEvent;
      drawn.current = new Map([...drawn.current, [parallelAxisId, intervals]]);
      window.clearTimeout(settling.current);
      settling.current = window.setTimeout(() => {
        settling.current = undefined;
        brush.current(drawn.current);
      }, SETTLED_MS);
    });
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      window.clearTimeout(settling.current);
      made.dispose();
    };
  }, []);
  useEffect(() => {
    if (element.current === null) return;
    const { color, outlineColor } = getComputedStyle(element.current);
    chart.current?.setOption(optionsOf({ runs, axes, chosenIds, colourOf, isDark, ink: color, line: outlineColor }), {
      replaceMerge: ['parallelAxis'],
    });
  }, [runs, axes, chosenIds, colourOf, isDark]);
  useEffect(() => {
    if (settling.current !== undefined) return;
    const changed = axes.filter(({ id }) => !isSameBrush(id, drawn.current, brushes));
    for (const { id } of changed) {
      const intervals = brushes.get(id) ?? [];
      drawn.current = new Map([...drawn.current, [id, intervals]]);
      chart.current?.dispatchAction({ type: 'axisAreaSelect', parallelAxisId: id, intervals });
    }
    // ECharts takes the action for a drag, whose stretch stands there already: only another drawing shows it.
    if (changed.length > 0) chart.current?.setOption({});
  }, [axes, brushes]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className={styles.scroller} tabIndex={0}>
      <div
        ref={element}
        className={styles.plot}
        style={{ minWidth: EDGES.left + EDGES.right + (axes.length - 1) * LEAST_GAP }}
        role="img"
        aria-label={label}
        aria-describedby={descriptionId}
      />
    </div>
  );
}

interface BrushEvent {
  readonly parallelAxisId: string;
  readonly intervals: readonly Stretch[];
}

interface Drawn extends Pick<Props, 'runs' | 'axes' | 'chosenIds'> {
  readonly colourOf: ColourOf;
  readonly isDark: boolean;
  readonly ink: string;
  readonly line: string;
}

const TYPES = { linear: 'value', log: 'log', words: 'category' } as const;

function optionsOf({ runs, axes, chosenIds, colourOf, isDark, ink, line }: Drawn) {
  const lineOf = ({ runId }: Run) => ({
    color: colourOf(runId)[isDark ? 'dark' : 'light'],
    width: WIDTH,
    opacity: chosenIds.size === 0 || chosenIds.has(runId) ? ALPHA : BEHIND_ALPHA,
  });
  return {
    animation: false,
    parallel: EDGES,
    parallelAxis: axes.map(({ id, title, kind, words }, dim) => ({
      id,
      dim,
      name: title,
      type: TYPES[kind],
      data: kind === 'words' ? words : undefined,
      scale: true,
      nameTextStyle: { color: ink, fontWeight: 600, width: LEAST_GAP, overflow: 'truncate' },
      nameTruncate: { maxWidth: LEAST_GAP },
      axisLine: { lineStyle: { color: ink } },
      axisTick: { lineStyle: { color: line } },
      axisLabel: { color: ink, formatter: kind === 'words' ? undefined : formatNumber },
      minorTick: { show: false },
      areaSelectStyle: { color: ink, borderColor: ink, opacity: 0.25 },
    })),
    series: [
      {
        type: 'parallel' as const,
        smooth: false,
        inactiveOpacity: BEHIND_ALPHA,
        activeOpacity: 1,
        data: runs.map((run, row) => ({
          name: run.runName,
          value: axes
            .map(({ places }) => places[row] ?? Number.NaN)
            .map((place) => (Number.isNaN(place) ? '-' : place)),
          lineStyle: lineOf(run),
        })),
      },
    ],
  };
}
