import type { LoggedModelView } from '../../domain/entities.ts';
import { doesNotExist } from '../../domain/errors.ts';
import { requiredText } from '../../protocol/common.ts';
import type { Store } from '../../store/store.ts';

export const modelId = requiredText('Logged model id');

/** The model; throws RESOURCE_DOES_NOT_EXIST for none, and for a deleted one unless these are allowed. */
export async function getLoggedModel(store: Store, id: string, allowDeleted = false): Promise<LoggedModelView> {
  const view = await store.findLoggedModel(id);
  if (!view || (view.model.isDeleted && !allowDeleted)) {
    throw doesNotExist(`Logged model with ID '${id}' not found.`);
  }
  return view;
}
