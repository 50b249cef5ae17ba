import { formatNumber } from '../../../../ui/format/number.ts';
import type { ParallelAxis } from '../../parallel/parallel-axes.ts';
import { type Colours, numberAxis, Y_NAME_GAP } from '../figure-axes.ts';
import { groundOf, type Peak, type Stretch, stretchOf } from './ground.ts';
import { paintGround } from './paint-ground.ts';
import { RAMP } from './ramp.ts';

/** A metric above two others. */
export interface Contour {
  readonly kind: 'contour';
  readonly peaks: readonly Peak[];
  readonly x: ParallelAxis;
  readonly y: ParallelAxis;
  /** The column whose values are the heights. */
  readonly of: string;
}

const DOT_SIZE = 9;
const GROUND_ALPHA = 0.7;
/** Room for the scale of heights. */
const SCALE_WIDTH = 80;

/** What ECharts draws of a contour: the ground between the runs, and the runs on it in the colours of their own heights. */
export function contourParts({ peaks, x, y }: Contour, opacityOf: (runId: string) => number, colours: Colours) {
  const heights = peaks.map(({ height }) => height);
  const [least, greatest] = [Math.min(...heights), Math.max(...heights)];
  const across = stretchOf(
    peaks.map((peak) => peak.x),
    x.kind,
  );
  const up = stretchOf(
    peaks.map((peak) => peak.y),
    y.kind,
  );
  const picture = paintGround(groundOf(peaks, across, up), least, greatest);
  return {
    grid: { left: 32, right: SCALE_WIDTH, top: 24, bottom: 36, containLabel: true },
    xAxis: fittedTo(across, numberAxis(x, colours)),
    yAxis: fittedTo(up, numberAxis(y, colours, Y_NAME_GAP)),
    visualMap: {
      type: 'continuous' as const,
      seriesIndex: 1,
      dimension: 2,
      min: least,
      max: greatest === least ? least + 1 : greatest,
      right: 8,
      top: 'middle',
      hoverLink: false,
      inRange: { color: [...RAMP] },
      text: [formatNumber(greatest), formatNumber(least)],
      textStyle: { color: colours.ink },
    },
    series: [
      {
        type: 'custom' as const,
        silent: true,
        data: [[across.from, up.from]],
        renderItem: ({ coordSys }: { readonly coordSys: object }) => ({
          type: 'image' as const,
          // ECharts types no coordinate system: of a grid it is where the field stands.
          style: { ...(coordSys as Field), image: picture, opacity: GROUND_ALPHA },
        }),
      },
      {
        type: 'scatter' as const,
        symbolSize: DOT_SIZE,
        data: peaks.map((peak) => ({
          id: peak.runId,
          name: peak.label,
          value: [peak.x, peak.y, peak.height],
          itemStyle: { borderColor: colours.ink, borderWidth: 1, opacity: opacityOf(peak.runId) },
        })),
      },
    ],
  };
}

interface Field {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** From end to end of a stretch; ends are no round numbers, so they are not written out. */
const fittedTo = ({ from, to }: Stretch, axis: ReturnType<typeof numberAxis>) => ({
  ...axis,
  min: from,
  max: to,
  axisLabel: { ...axis.axisLabel, showMinLabel: false, showMaxLabel: false },
});
