import { type Ground, heightAt } from './ground.ts';
import { rampAt } from './ramp.ts';

/** Pixels of a cell, along each side. */
const FINENESS = 5;
/** Bands of one colour, so that lines of the same height can be seen. */
const BANDS = 12;
const OPAQUE = 255;

/** The ground as a picture of bands, whose colours go from the least height to the greatest. */
export function paintGround(ground: Ground, least: number, greatest: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = (ground.columns - 1) * FINENESS;
  canvas.height = (ground.rows - 1) * FINENESS;
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  const image = context.createImageData(canvas.width, canvas.height);
  for (let line = 0; line < canvas.height; line += 1) {
    for (let column = 0; column < canvas.width; column += 1) {
      // A picture begins at the top, the ground at the bottom.
      const height = heightAt(ground, column / FINENESS, (canvas.height - 1 - line) / FINENESS);
      if (Number.isNaN(height)) continue;
      const share = (height - least) / (greatest - least || 1);
      const band = Math.min(BANDS - 1, Math.floor(share * BANDS));
      image.data.set([...rampAt(band / (BANDS - 1)), OPAQUE], (line * canvas.width + column) * 4);
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}
