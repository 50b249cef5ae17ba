import type { ColourOf } from '../../../charts/maths/run-colours.ts';
import { formatNumber } from '../../../ui/format/number.ts';
import type { ParallelAxis } from '../parallel/parallel-axes.ts';

/** The colours of runs, and of what is around them. */
export interface Colours {
  readonly colourOf: ColourOf;
  readonly isDark: boolean;
  readonly ink: string;
  readonly line: string;
  readonly accent: string;
  readonly font: string;
}

/** Between an axis and its name: below it, and beside the numbers at its left. */
const X_NAME_GAP = 28;
export const Y_NAME_GAP = 52;
const TYPES = { linear: 'value', log: 'log', words: 'category' } as const;

const textStyle = ({ ink }: Colours) => ({ color: ink });

/** An axis of a metric or param with its name in the middle, as ECharts takes it. */
export const numberAxis = ({ title, kind, words }: ParallelAxis, colours: Colours, nameGap = X_NAME_GAP) => ({
  type: TYPES[kind],
  name: title,
  nameLocation: 'middle' as const,
  nameGap,
  nameTextStyle: { ...textStyle(colours), fontWeight: 600 as const },
  scale: true,
  data: kind === 'words' ? [...words] : undefined,
  axisLabel: { ...textStyle(colours), formatter: kind === 'words' ? undefined : formatNumber, hideOverlap: true },
  axisLine: { show: true, lineStyle: { color: colours.line } },
  splitLine: { lineStyle: { color: colours.line } },
});

/** An axis of names, as ECharts takes it. */
export const wordAxis = (words: readonly string[], colours: Colours, isFromTop: boolean) => ({
  type: 'category' as const,
  data: [...words],
  inverse: isFromTop,
  axisLabel: { ...textStyle(colours), width: 140, overflow: 'truncate' as const, interval: isFromTop ? undefined : 0 },
  axisLine: { lineStyle: { color: colours.line } },
});
