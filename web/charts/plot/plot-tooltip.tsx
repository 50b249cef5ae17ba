import { formatNumber } from '../../ui/format/number.ts';
import type { PointAt } from '../maths/points-at.ts';
import type { XAxis } from '../maths/x-axis.ts';
import { ColourDot } from '../panels/colour-dot.tsx';
import { textOfX } from './axis-text.ts';
import styles from './line-plot.module.css';

/** What the pointer is at; places in CSS pixels from the corner of the field between the axes. */
export interface Hover {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  /** Where the field begins in the picture. */
  readonly fieldLeft: number;
  readonly x: number;
  /** Of each line the point at x, nearest to the pointer first. */
  readonly nearest: readonly PointAt[];
}

/** More than these hide the chart. */
const MOST = 8;
const DISTANCE = 14;

interface Props {
  readonly hover: Hover;
  readonly axis: XAxis;
}

/** The values at the pointer, of the lines nearest to it; a table says the same to who cannot see it. */
export function PlotTooltip({ hover: { left, width, fieldLeft, x, nearest }, axis }: Props) {
  if (nearest.length === 0) return null;
  const shown = nearest.slice(0, MOST).toSorted((a, b) => b.y - a.y);
  const isLeft = left > width / 2;
  const place = isLeft
    ? { right: `calc(100% - ${fieldLeft + left - DISTANCE}px)` }
    : { left: fieldLeft + left + DISTANCE };
  return (
    <div className={styles.tooltip} style={place} aria-hidden="true">
      <div className={styles.x}>{textOfX(axis, x)}</div>
      {shown.map(({ line, y }) => (
        <div key={line.id} className={line === nearest[0]?.line ? styles.front : styles.value}>
          <ColourDot id={line.id} />
          <span className={styles.name}>{line.label}</span>
          <span>{formatNumber(y)}</span>
        </div>
      ))}
      {nearest.length > MOST && <div className={styles.x}>and {nearest.length - MOST} more</div>}
    </div>
  );
}
