import { type Caller, mayOnExperiment } from '../../../domain/caller.ts';
import { doesNotExist } from '../../../domain/errors.ts';
import { parseExperimentId } from '../../../domain/experiment.ts';
import { experimentsTogether, mayChangeView, maySeeView, type SavedView } from '../../../domain/saved-view.ts';
import { experimentId, requiredText, textOrEmpty } from '../../../protocol/common.ts';
import { list } from '../../../protocol/message.ts';
import { wireView } from '../../../protocol/wire-view.ts';
import { permissionDenied } from '../../guard/permission-denied.ts';
import type { Services } from '../../operation.ts';

export const viewId = requiredText('View id');
export const STATE = 'What the view shows: a JSON object as a text, of at most 65536 bytes, which is kept as it is';

/** The error for a view that is not there, or is not for the caller to see. */
export const noSuchView = (id: string) => doesNotExist(`View with ID ${id} not found.`);

/** A view that the caller sees; throws RESOURCE_DOES_NOT_EXIST for any other. */
export async function getVisibleView(id: string, { store, caller }: Services): Promise<SavedView> {
  const view = await store.findView(id);
  if (!view || !maySeeView(caller, view)) throw noSuchView(id);
  return view;
}

/** A view that the caller may change; throws as getVisibleView does, and PERMISSION_DENIED. */
export async function getOwnView(id: string, services: Services): Promise<SavedView> {
  const view = await getVisibleView(id, services);
  if (!mayChangeView(services.caller, view)) throw permissionDenied();
  return view;
}

/** The fields that say which experiments a view shows. */
export const experimentFields = {
  experiment_id: experimentId,
  other_experiment_ids: list(textOrEmpty('Experiment id'), 'Experiments that it shows beside that one'),
};

interface Given {
  readonly experiment_id: string;
  readonly other_experiment_ids: readonly string[];
}

/** The experiments that a request names, in whatever order, each once by rising ids: a view is kept under the first. */
export function experimentsAsked({ experiment_id: id, other_experiment_ids: others }: Given) {
  const [first = id, ...rest] = experimentsTogether([id, ...others].map(parseExperimentId));
  return { first, rest };
}

/** Throws PERMISSION_DENIED unless the caller may put something before everybody who reads some experiments. */
export function checkMayShare(caller: Caller | undefined, experimentIds: readonly string[]): void {
  if (caller && !experimentIds.every((id) => mayOnExperiment(caller, 'update', id))) throw permissionDenied();
}

/** A view on the wire, as its caller sees it. */
export const wireFor = (view: SavedView, { caller }: Pick<Services, 'caller'>) =>
  wireView(view, mayChangeView(caller, view));
