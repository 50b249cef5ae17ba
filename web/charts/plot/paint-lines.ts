import type uPlot from 'uplot';
import type { Line } from '../maths/line.ts';

/** A line with its colour in the theme that is shown. */
export interface PaintedLine extends Line {
  readonly colour: string;
}

const WIDTH = 1.5;
const RAW_WIDTH = 1;
const WIDTH_IN_FRONT = 2.5;
const RAW_ALPHA = 0.3;
const BAND_ALPHA = 0.16;
/** What the others fade to while one stands out. */
const BEHIND_ALPHA = 0.18;
const DOT_RADIUS = 2;

/** Paints lines into the field of a plot; the one that stands out is above the others, which fade. */
export function paintLines(plot: uPlot, lines: readonly PaintedLine[], frontId: string | undefined): void {
  const { ctx, bbox } = plot;
  if (bbox.width < 1 || bbox.height < 1) return;
  const inFront = lines.filter(({ id }) => id === frontId);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineJoin = 'round';
  const hasFront = inFront.length > 0;
  const picture = hasFront ? findPicture(plot, lines) : undefined;
  if (picture === undefined) {
    for (const line of lines) paintLine(plot, ctx, line, { width: WIDTH, alpha: hasFront ? BEHIND_ALPHA : 1 });
  } else {
    ctx.globalAlpha = BEHIND_ALPHA;
    ctx.drawImage(picture, bbox.left, bbox.top);
  }
  for (const line of inFront) paintLine(plot, ctx, line, { width: WIDTH_IN_FRONT, alpha: 1 });
  ctx.restore();
}

interface KeptPicture {
  readonly key: string;
  /** Painted when it is wanted again: while lines change with each frame it would be of no use. */
  readonly canvas: HTMLCanvasElement | undefined;
}

const keptPictures = new WeakMap<readonly PaintedLine[], KeptPicture>();

/** All lines as one picture, as long as they stand in the same places: the pointer moves from line to line. */
function findPicture(plot: uPlot, lines: readonly PaintedLine[]): HTMLCanvasElement | undefined {
  const key = keyOfPlaces(plot);
  const kept = keptPictures.get(lines);
  const canvas = kept?.key === key ? (kept.canvas ?? makePicture(plot, lines)) : undefined;
  if (canvas === undefined || canvas !== kept?.canvas) keptPictures.set(lines, { key, canvas });
  return canvas;
}

function makePicture(plot: uPlot, lines: readonly PaintedLine[]): HTMLCanvasElement | undefined {
  const { left, top, width, height } = plot.bbox;
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width);
  canvas.height = Math.ceil(height);
  const ctx = canvas.getContext('2d');
  if (ctx === null) return undefined;
  ctx.translate(-left, -top);
  ctx.lineJoin = 'round';
  for (const line of lines) paintLine(plot, ctx, line, { width: WIDTH, alpha: 1 });
  return canvas;
}

/** Where points stand: the same for the same field and scales. */
function keyOfPlaces({ bbox: { left, top, width, height }, scales: { x, y } }: uPlot): string {
  return [left, top, width, height, x?.min, x?.max, x?.distr, y?.min, y?.max, y?.distr].join();
}

interface Stroke {
  readonly width: number;
  readonly alpha: number;
}

function paintLine(plot: uPlot, ctx: CanvasRenderingContext2D, line: PaintedLine, { width, alpha }: Stroke): void {
  const ratio = devicePixelRatio;
  ctx.strokeStyle = line.colour;
  ctx.fillStyle = line.colour;
  if (line.band !== undefined) {
    ctx.globalAlpha = alpha * BAND_ALPHA;
    ctx.fill(bandPath(plot, line.xs, line.band.lows, line.band.highs));
  }
  if (line.rawYs !== undefined) {
    ctx.globalAlpha = alpha * RAW_ALPHA;
    ctx.lineWidth = RAW_WIDTH * ratio;
    ctx.stroke(linePath(plot, line.xs, line.rawYs));
  }
  ctx.globalAlpha = alpha;
  ctx.lineWidth = width * ratio;
  ctx.stroke(linePath(plot, line.xs, line.ys));
}

/** Where a point stands in the picture; undefined when its scales have no place for it. */
function placeOf(plot: uPlot, x: number | undefined, y: number | undefined) {
  const isPlaced = isOn(plot.scales.x, x) && isOn(plot.scales.y, y);
  return isPlaced ? { left: plot.valToPos(Number(x), 'x', true), top: plot.valToPos(Number(y), 'y', true) } : undefined;
}

const LOGARITHMIC = 3;

const isOn = (scale: uPlot.Scale | undefined, value: number | undefined): boolean =>
  Number.isFinite(value) && (scale?.distr !== LOGARITHMIC || Number(value) > 0);

interface KeptPath {
  /** The scales and the field that the path was made for. */
  readonly key: string;
  readonly path: Path2D;
}

const keptPaths = new WeakMap<Float64Array, KeptPath>();

/** The path of a line, made once as long as its points stand in the same places: only colours change with the pointer. */
function linePath(plot: uPlot, xs: Float64Array, ys: Float64Array): Path2D {
  const key = [keyOfPlaces(plot), xs[0], xs.at(-1)].join();
  const kept = keptPaths.get(ys);
  if (kept?.key === key) return kept.path;
  const path = makeLinePath(plot, xs, ys);
  keptPaths.set(ys, { key, path });
  return path;
}

/** A line from point to point, with a gap where there is none; a point between two gaps is a dot. */
function makeLinePath(plot: uPlot, xs: Float64Array, ys: Float64Array): Path2D {
  const path = new Path2D();
  const radius = DOT_RADIUS * devicePixelRatio;
  let before: { readonly left: number; readonly top: number } | undefined;
  let isJoined = false;
  for (let row = 0; row <= xs.length; row += 1) {
    const place = placeOf(plot, xs[row], ys[row]);
    if (place === undefined) {
      if (before !== undefined && !isJoined) addDot(path, before, radius);
    } else if (before === undefined) {
      path.moveTo(place.left, place.top);
      isJoined = false;
    } else {
      path.lineTo(place.left, place.top);
      isJoined = true;
    }
    before = place;
  }
  return path;
}

function addDot(path: Path2D, { left, top }: { readonly left: number; readonly top: number }, radius: number): void {
  path.moveTo(left + radius, top);
  path.arc(left, top, radius, 0, 2 * Math.PI);
}

/** The ground between the least and the greatest; along a logarithm it begins where that has a place. */
function bandPath(plot: uPlot, xs: Float64Array, lows: Float64Array, highs: Float64Array): Path2D {
  const path = new Path2D();
  const rows = [...xs.keys()].filter((row) => placeOf(plot, xs[row], lows[row]) && placeOf(plot, xs[row], highs[row]));
  for (const row of rows) lineTo(path, placeOf(plot, xs[row], highs[row]));
  for (const row of rows.reverse()) lineTo(path, placeOf(plot, xs[row], lows[row]));
  path.closePath();
  return path;
}

function lineTo(path: Path2D, place: { readonly left: number; readonly top: number } | undefined): void {
  if (place !== undefined) path.lineTo(place.left, place.top);
}
