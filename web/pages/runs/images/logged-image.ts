import type { Artifact } from '../../../api/artifacts.ts';

/** Where the stock client puts images that are logged with a key (MLflow: `log_image`). */
export const IMAGES_FOLDER = 'images';
/** The tag of a run that has any (MLflow: mlflow_tags.py, MLFLOW_LOGGED_IMAGES). */
export const LOGGED_IMAGES_TAG = 'mlflow.loggedImages';

/** An image that a run logged at a step. */
export interface LoggedImage {
  readonly key: string;
  readonly step: number;
  readonly timeMs: number;
  /** As it was logged; below the run's artifact root. */
  readonly path: string;
  /** A smaller copy, where the client made one. */
  readonly smallPath: string | undefined;
}

/**
 * `<key>+step+<n>+timestamp+<ms>+<id>[+compressed].<png|webp>`. Clients before 3.12 wrote `%` for `+`, and `#` where a slash
 * stands in the key; later ones write `~`.
 */
const NAME =
  /^(?<key>[^+%]+)(?<mark>[+%])step\k<mark>(?<step>-?\d+)\k<mark>timestamp\k<mark>(?<time>\d+)\k<mark>(?<id>[^+%.]+)(?<small>\k<mark>compressed)?\.\w+$/;

/** The images among the files of a run's folder of images; a copy goes with what it is a copy of. */
export function imagesOf(files: readonly Artifact[]): readonly LoggedImage[] {
  const images = new Map<string, LoggedImage>();
  for (const { path, isFolder } of files) {
    const { key, step, time, id, small } = NAME.exec(path.slice(path.lastIndexOf('/') + 1))?.groups ?? {};
    if (isFolder || key === undefined || id === undefined) continue;
    const known = images.get(id);
    images.set(id, {
      key: key.replaceAll(/[~#]/g, '/'),
      step: Number(step),
      timeMs: Number(time),
      path: small === undefined ? path : (known?.path ?? path),
      smallPath: small === undefined ? known?.smallPath : path,
    });
  }
  return [...images.values()];
}

/** The keys of some images, by name. */
export const keysOfImages = (images: readonly LoggedImage[]): readonly string[] =>
  [...new Set(images.map(({ key }) => key))].sort();

/** The steps at which a key was logged, from the first to the last. */
export const stepsOfImages = (images: readonly LoggedImage[], key: string): readonly number[] =>
  [...new Set(images.filter((image) => image.key === key).map(({ step }) => step))].sort((a, b) => a - b);

/** What a run had to show of a key when a step was reached: the last that was logged until then. */
export function imageAt(images: readonly LoggedImage[], key: string, step: number): LoggedImage | undefined {
  const until = images.filter((image) => image.key === key && image.step <= step);
  return until.toSorted((a, b) => a.step - b.step || a.timeMs - b.timeMs).at(-1);
}
