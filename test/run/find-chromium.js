import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The path of a Chromium of this machine; TRACKLET_CHROMIUM names another. Undefined when there is none. */
export function findChromium() {
  if (process.env.TRACKLET_CHROMIUM) return process.env.TRACKLET_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}
