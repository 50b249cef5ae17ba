import { type Caller, mayOnExperiment } from './caller.ts';
import { invalidParameter } from './errors.ts';
import { MAX_VIEW_NAME_LENGTH, MAX_VIEW_STATE_BYTES } from './limits.ts';

/** What a page shows of the runs of an experiment, under a name; times in ms since the epoch. */
export interface SavedView {
  readonly viewId: string;
  readonly experimentId: string;
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

/** Whether a caller, who may read the experiment, sees a view; without a caller everybody sees all. */
export const maySeeView = (caller: Caller | undefined, { owner, isShared }: SavedView): boolean =>
  caller === undefined || isShared || owner === caller.username;

/** Whether a caller, who sees a view, may change it: its owner, and of shared ones whoever manages the experiment. */
export const mayChangeView = (caller: Caller | undefined, { owner, isShared, experimentId }: SavedView): boolean =>
  caller === undefined || owner === caller.username || (isShared && mayOnExperiment(caller, 'manage', experimentId));

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
