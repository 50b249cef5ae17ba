import type { ParallelAxis } from '../parallel/parallel-axes.ts';
import { type Contour, contourParts } from './contour/contour-options.ts';
import { type Colours, numberAxis, wordAxis, Y_NAME_GAP } from './figure-axes.ts';
import type { Bar, Box, Dot, Importance } from './figure-data.ts';

/** What is drawn. */
export type Figure =
  | Contour
  | { readonly kind: 'scatter'; readonly dots: readonly Dot[]; readonly x: ParallelAxis; readonly y: ParallelAxis }
  | { readonly kind: 'bar'; readonly bars: readonly Bar[]; readonly y: ParallelAxis }
  | { readonly kind: 'box'; readonly boxes: readonly Box[]; readonly x: ParallelAxis; readonly y: ParallelAxis }
  | { readonly kind: 'importance'; readonly bars: readonly Importance[] };

const BEHIND_ALPHA = 0.2;
const DOT_SIZE = 10;
const GRID = { left: 32, right: 40, top: 24, bottom: 36, containLabel: true };
/** What stands behind a bar. */
const NOTE_WIDTH = 72;

/** What ECharts draws of a figure; runs that are not chosen stand back when some are. */
export function optionsOf(figure: Figure, chosenIds: ReadonlySet<string>, colours: Colours) {
  return {
    animation: false,
    textStyle: { fontFamily: colours.font },
    grid: GRID,
    tooltip: { trigger: 'item' as const, confine: true, transitionDuration: 0 },
    ...partsOf(figure, chosenIds, colours),
  };
}

function partsOf(figure: Figure, chosenIds: ReadonlySet<string>, colours: Colours) {
  const opacityOf = (runId: string) => (chosenIds.size === 0 || chosenIds.has(runId) ? 1 : BEHIND_ALPHA);
  const ofRun = (runId: string) => ({
    color: colours.colourOf(runId)[colours.isDark ? 'dark' : 'light'],
    opacity: opacityOf(runId),
  });
  switch (figure.kind) {
    case 'scatter':
      return {
        xAxis: numberAxis(figure.x, colours),
        yAxis: numberAxis(figure.y, colours, Y_NAME_GAP),
        series: [
          {
            type: 'scatter' as const,
            symbolSize: DOT_SIZE,
            data: figure.dots.map(({ runId, label, x, y }) => ({
              id: runId,
              name: label,
              value: [x, y],
              itemStyle: ofRun(runId),
            })),
          },
        ],
      };
    case 'contour':
      return contourParts(figure, opacityOf, colours);
    case 'bar':
      return {
        // A bar that does not begin at zero is longer than what it stands for.
        xAxis: { ...numberAxis({ ...figure.y, kind: 'linear' }, colours), scale: false },
        yAxis: wordAxis(
          figure.bars.map(({ label }) => label),
          colours,
          true,
        ),
        series: [
          {
            type: 'bar' as const,
            data: figure.bars.map(({ runId, label, value }) => ({
              id: runId,
              name: label,
              value,
              itemStyle: ofRun(runId),
            })),
          },
        ],
      };
    case 'box':
      return {
        xAxis: wordAxis(
          figure.boxes.map(({ label, count }) => `${label} (${count})`),
          colours,
          false,
        ),
        yAxis: numberAxis(figure.y, colours, Y_NAME_GAP),
        series: [
          {
            type: 'boxplot' as const,
            itemStyle: { color: 'transparent', borderColor: colours.accent, borderWidth: 2 },
            data: figure.boxes.map(({ least, lowerQuartile, median, upperQuartile, greatest }) => [
              least,
              lowerQuartile,
              median,
              upperQuartile,
              greatest,
            ]),
          },
        ],
      };
    case 'importance':
      return {
        grid: { ...GRID, right: NOTE_WIDTH },
        xAxis: { ...numberAxis(STRENGTH, colours), scale: false, min: 0, max: 1 },
        yAxis: wordAxis(
          figure.bars.map(({ title }) => title),
          colours,
          true,
        ),
        series: [
          {
            type: 'bar' as const,
            data: figure.bars.map(({ strength, isRising, count }) => ({
              value: strength,
              itemStyle: { color: colours.accent },
              label: {
                show: true,
                position: 'right' as const,
                color: colours.ink,
                formatter: `${signOf(isRising)} (${count})`,
              },
            })),
          },
        ],
      };
    default: {
      const never: never = figure;
      return never;
    }
  }
}

/** More with more, less with more, or no order. */
const signOf = (isRising: boolean | undefined): string => (isRising === undefined ? '≈' : isRising ? '↗' : '↘');

const STRENGTH: ParallelAxis = { id: '', title: 'strength', kind: 'linear', words: [], places: [] };
