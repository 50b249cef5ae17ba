import type uPlot from 'uplot';
import { formatNumber } from '../../ui/format/number.ts';
import { formatDuration } from '../../ui/format/time.ts';
import type { Range } from '../maths/line.ts';
import { logMarks } from '../maths/log-marks.ts';
import type { XAxis } from '../maths/x-axis.ts';
import { DURATION_STEPS } from './axis-text.ts';

interface PlotProps {
  readonly axis: XAxis;
  readonly isXLog: boolean;
  readonly isYLog: boolean;
  readonly width: number;
  readonly height: number;
  /** Colours of the words beside the axes and of the grid. */
  readonly ink: string;
  readonly grid: string;
  readonly font: string;
  readonly xRange: () => Range;
  readonly yRange: () => Range;
  readonly onPaint: (plot: uPlot) => void;
  readonly onPoint: (plot: uPlot) => void;
  readonly onZoom: (range: Range) => void;
  readonly onReset: () => void;
}

const LINEAR = 1;
const LOGARITHMIC = 3;
/** A drag of fewer pixels is a click. */
const LEAST_DRAG = 4;
const LABEL_HEIGHT = 24;
const LEAST_LABEL_WIDTH = 36;
const LABEL_ROOM = 14;

/** What uPlot is asked to do: axes, a cursor, and a drag along x. It has no lines of its own. */
export function plotOptions(props: PlotProps): uPlot.Options {
  const { axis, isXLog, isYLog, width, height, xRange, yRange, onPaint, onPoint, onZoom, onReset } = props;
  const common: uPlot.Axis = {
    stroke: props.ink,
    font: props.font,
    grid: { stroke: props.grid, width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    ms: 1,
    padding: [8, 12, 0, 0],
    legend: { show: false },
    series: [{}, { show: false }],
    scales: {
      x: { time: axis.kind === 'wall', distr: isXLog ? LOGARITHMIC : LINEAR, range: () => limitsOf(xRange()) },
      y: { distr: isYLog ? LOGARITHMIC : LINEAR, range: () => limitsOf(yRange()) },
    },
    axes: [
      { ...common, size: LABEL_HEIGHT, ...xTexts(axis, isXLog), ...(isXLog ? LOG_MARKS : {}) },
      { ...common, size: widthOfLabels, values: (_, splits) => splits.map(formatNumber), ...(isYLog ? LOG_MARKS : {}) },
    ],
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false },
      bind: {
        dblclick: () => () => {
          onReset();
          return null;
        },
      },
    },
    hooks: {
      draw: [onPaint],
      setCursor: [onPoint],
      setSelect: [
        (plot) => {
          const { left, width: dragged } = plot.select;
          if (dragged < LEAST_DRAG) return;
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          onZoom({ from: plot.posToVal(left, 'x'), to: plot.posToVal(left + dragged, 'x') });
        },
      ],
    },
  };
}

const limitsOf = ({ from, to }: Range): uPlot.Range.MinMax => [from, to];

/** uPlot's own begin at the least value and double it from there. */
const LOG_MARKS: Partial<uPlot.Axis> = {
  splits: (_plot, _axis, from, to) => [...logMarks({ from, to })],
  filter: (_plot, splits) => splits,
};

function xTexts(axis: XAxis, isLog: boolean): Partial<uPlot.Axis> {
  if (axis.kind === 'wall') return {};
  if (axis.kind !== 'relative') return { values: (_, splits) => splits.map(formatNumber) };
  const texts: Partial<uPlot.Axis> = {
    values: (_, splits) => splits.map((split) => (split === 0 ? '0' : formatDuration(split))),
  };
  return isLog ? texts : { ...texts, incrs: [...DURATION_STEPS], space: 64 };
}

/** As wide as the widest number beside the axis. */
function widthOfLabels(plot: uPlot, labels: readonly string[] | null): number {
  if (labels === null) return LEAST_LABEL_WIDTH;
  const widths = labels.map((label) => plot.ctx.measureText(label ?? '').width / devicePixelRatio);
  return Math.ceil(Math.max(LEAST_LABEL_WIDTH, ...widths.map((width) => width + LABEL_ROOM)));
}
