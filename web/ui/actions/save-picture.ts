import { saveFile } from './save-file.ts';

/** Hands what is drawn inside an element to the browser as a PNG, on the ground that it stands on. */
export async function savePicture(element: Element, name: string): Promise<void> {
  const { left, top, width, height } = element.getBoundingClientRect();
  const scale = window.devicePixelRatio;
  const picture = new OffscreenCanvas(Math.ceil(width * scale), Math.ceil(height * scale));
  const context = picture.getContext('2d');
  if (context === null) throw new Error('This browser draws no pictures.');
  context.fillStyle = groundOf(element);
  context.fillRect(0, 0, picture.width, picture.height);
  for (const canvas of element.querySelectorAll('canvas')) {
    const place = canvas.getBoundingClientRect();
    const size = [place.width * scale, place.height * scale] as const;
    context.drawImage(canvas, (place.left - left) * scale, (place.top - top) * scale, ...size);
  }
  saveFile(await picture.convertToBlob({ type: 'image/png' }), `${fileNameOf(name)}.png`);
}

/** Hands lines of CSV to the browser. */
export const saveCsv = (lines: readonly string[], name: string): void =>
  saveFile(new Blob([...lines], { type: 'text/csv;charset=utf-8' }), `${fileNameOf(name)}.csv`);

const NO_GROUND = 'rgba(0, 0, 0, 0)';

/** The colour of the nearest element below that has any. */
function groundOf(element: Element): string {
  const { backgroundColor } = getComputedStyle(element);
  if (backgroundColor !== NO_GROUND || element.parentElement === null) return backgroundColor;
  return groundOf(element.parentElement);
}

/** What no file system takes becomes a dash. */
const fileNameOf = (name: string): string => name.replaceAll(/[^\p{L}\p{N}._ -]+/gu, '-');
