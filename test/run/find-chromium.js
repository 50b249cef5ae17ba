import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The build without a window does the same pages for two thirds of the CPU: it has no profile to make for each visitor. */
const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The path of a Chromium of this machine; TRACKLET_CHROMIUM names another. Undefined when there is none. */
export function findChromium() {
  if (process.env.TRACKLET_CHROMIUM) return process.env.TRACKLET_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}
