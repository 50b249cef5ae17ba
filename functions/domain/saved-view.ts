import { type Caller, mayOnExperiment } from './caller.ts';
import { invalidParameter } from './errors.ts';
import { MAX_VIEW_EXPERIMENTS, MAX_VIEW_NAME_LENGTH, MAX_VIEW_STATE_BYTES } from './limits.ts';

/** What a page shows of the runs of one or several experiments, under a name; times in ms since the epoch. */
export interface SavedView {
  readonly viewId: string;
  /** Where it is kept: the experiment of the least id. */
  readonly experimentId: string;
  /** The others that it shows, by rising ids; absent of a view of one experiment. */
  readonly otherExperimentIds?: readonly string[] | undefined;
  readonly name: string;
  /** Who saved it; '' on a server without users. */
  readonly owner: string;
  /** Whether everybody who may read the experiment sees it, and not its owner alone. */
  readonly isShared: boolean;
  /** A JSON object that only the page understands. */
  readonly state: string;
  readonly creationTime: number;
  readonly lastUpdateTime: number;
}

const VIEW_ID = /^(0|[1-9]\d{0,18})-[0-9a-f]{16}$/;

/** The id of a new view from 16 random hex digits; it tells the experiment. */
export const viewIdFor = (experimentId: string, randomHex: string): string => `${experimentId}-${randomHex}`;

/** The experiment that a view's id tells; undefined for an id that no view can have. */
export const experimentOfView = (viewId: string): string | undefined => VIEW_ID.exec(viewId)?.[1];

/** The experiments that a view shows, each once, by rising ids; throws INVALID_PARAMETER_VALUE for too many. */
export function experimentsTogether(ids: readonly number[]): readonly string[] {
  const together = [...new Set(ids)].sort((a, b) => a - b).map(String);
  if (together.length <= MAX_VIEW_EXPERIMENTS) return together;
  throw invalidParameter(`A view shows at most ${MAX_VIEW_EXPERIMENTS} experiments. Received ${together.length}.`);
}

/** The experiments of a view, by rising ids. */
export const experimentsOfView = ({ experimentId, otherExperimentIds = [] }: SavedView): readonly string[] => [
  experimentId,
  ...otherExperimentIds,
];

/** Whether a caller, who may read the first experiment, sees a view: not unless they may read all. Without a caller all do. */
export const maySeeView = (
  caller: Caller | undefined,
  { owner, isShared, otherExperimentIds = [] }: SavedView,
): boolean =>
  caller === undefined ||
  ((isShared || owner === caller.username) && otherExperimentIds.every((id) => mayOnExperiment(caller, 'read', id)));

/** Whether a caller, who sees a view, may change it: its owner, and of shared ones whoever manages all its experiments. */
export const mayChangeView = (caller: Caller | undefined, view: SavedView): boolean =>
  caller === undefined ||
  view.owner === caller.username ||
  (view.isShared && experimentsOfView(view).every((id) => mayOnExperiment(caller, 'manage', id)));

/** Throws INVALID_PARAMETER_VALUE for a name that is blank or too long. */
export function validateViewName(name: string): void {
  const length = [...name].length;
  if (name.trim() !== '' && length <= MAX_VIEW_NAME_LENGTH) return;
  throw invalidParameter(`A view's name must have 1 to ${MAX_VIEW_NAME_LENGTH} characters. Received ${length}.`);
}

/** Throws INVALID_PARAMETER_VALUE for a state that is no JSON object, or too big; `sizeBytes` is its size in UTF-8. */
export function validateViewState(state: string, sizeBytes: number): void {
  if (sizeBytes > MAX_VIEW_STATE_BYTES) {
    throw invalidParameter(`A view's state must have at most ${MAX_VIEW_STATE_BYTES} bytes. Received ${sizeBytes}.`);
  }
  if (!isJsonObject(state)) throw invalidParameter("A view's state must be a JSON object.");
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
