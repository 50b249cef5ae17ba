import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import UPlot from 'uplot';
import { crosshair } from '../crosshair.ts';
import type { Range } from '../maths/line.ts';
import { pointsAt } from '../maths/points-at.ts';
import type { XAxis } from '../maths/x-axis.ts';
import styles from './line-plot.module.css';
import { type PaintedLine, paintLines } from './paint-lines.ts';
import { plotOptions } from './plot-options.ts';
import { type Hover, PlotTooltip } from './plot-tooltip.tsx';

interface Props {
  /** What a screen reader calls the picture, and the id of the element that describes it. */
  readonly label: string;
  readonly descriptionId: string;
  readonly lines: readonly PaintedLine[];
  readonly axis: XAxis;
  readonly xRange: Range;
  readonly yRange: Range;
  readonly isXLog: boolean;
  readonly isYLog: boolean;
  readonly isDark: boolean;
  readonly onZoom: (range: Range) => void;
  readonly onReset: () => void;
}

/** Lines with axes; a drag zooms, a double click shows all, the pointer tells what is below it. */
export function LinePlot(props: Props) {
  const { label, descriptionId, lines, axis, xRange, yRange, isXLog, isYLog, isDark } = props;
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(undefined);
  const latest = useRef(props);
  const [hover, setHover] = useState<Hover>();
  useLayoutEffect(() => {
    latest.current = props;
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes the colours that are read; ranges go in below.
  useLayoutEffect(() => {
    if (element.current === null) return;
    const target = element.current;
    const { color, outlineColor, fontFamily, fontSize } = getComputedStyle(target);
    const { width, height } = target.getBoundingClientRect();
    const made: UPlot = new UPlot(
      plotOptions({
        axis,
        isXLog,
        isYLog,
        width,
        height,
        ink: color,
        grid: outlineColor,
        font: `${fontSize} ${fontFamily}`,
        xRange: () => latest.current.xRange,
        yRange: () => latest.current.yRange,
        onPaint: (self) => paintLines(self, latest.current.lines, crosshair.state().lineId),
        onPoint: (self) => setHover(pointAt(self, latest.current)),
        onZoom: (range) => latest.current.onZoom(range),
        onReset: () => latest.current.onReset(),
      }),
      dataOf(latest.current.xRange),
      target,
    );
    plot.current = made;
    const observer = new ResizeObserver(([entry]) => entry && made.setSize(entry.contentRect));
    observer.observe(target);
    const stopFollowing = followCrosshair(made);
    return () => {
      stopFollowing();
      observer.disconnect();
      made.destroy();
      if (crosshair.state().source === made) crosshair.leave();
    };
  }, [axis.kind, isXLog, isYLog, isDark]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: lines and heights are read while it draws.
  useEffect(() => {
    plot.current?.setData(dataOf(xRange));
  }, [lines, xRange, yRange]);

  return (
    <div className={styles.frame}>
      <div ref={element} className={styles.plot} role="img" aria-label={label} aria-describedby={descriptionId} />
      {hover !== undefined && <PlotTooltip hover={hover} axis={axis} />}
    </div>
  );
}

/** uPlot wants data: the ends of the range, so that the cursor has something to move along. */
const dataOf = ({ from, to }: Range): UPlot.AlignedData => [
  [from, to],
  [null, null],
];

/** What the pointer is at, told to all charts; undefined when it left. */
function pointAt(plot: UPlot, { lines, xRange }: Props): Hover | undefined {
  const { left = -1, top = -1 } = plot.cursor;
  if (left < 0) {
    crosshair.leave();
    return undefined;
  }
  const x = plot.posToVal(left, 'x');
  const points = pointsAt(lines, x, xRange.to - xRange.from);
  const distanceOf = (y: number) => Math.abs(plot.valToPos(y, 'y') - top);
  const nearest = points.toSorted((a, b) => distanceOf(a.y) - distanceOf(b.y));
  const lineId = nearest[0]?.line.id;
  crosshair.move({ x, lineId, source: plot });
  return { left, top, width: plot.over.clientWidth, fieldLeft: plot.over.offsetLeft, x, nearest };
}

/** Lets a plot's cursor stand where that of the chart with the pointer is, and the same line stand out. */
function followCrosshair(plot: UPlot): () => void {
  let frontId = crosshair.state().lineId;
  return crosshair.subscribe(() => {
    const { x, lineId, source } = crosshair.state();
    if (lineId !== frontId) {
      frontId = lineId;
      plot.redraw(false, false);
    }
    if (source === plot) return;
    const left = x === undefined ? -1 : plot.valToPos(x, 'x');
    const isWithin = left >= 0 && left <= plot.over.clientWidth;
    plot.setCursor(isWithin ? { left, top: 0 } : { left: -10, top: -10 }, false);
  });
}
