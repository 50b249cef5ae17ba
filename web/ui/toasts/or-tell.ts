import { sentenceOf } from '../../api/api-error.ts';
import { type ToastAction, tellTrouble } from './toast-store.ts';

/** Does it, and tells what went wrong. */
export async function orTell(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    tellTrouble(sentenceOf(error));
  }
}

/** Offers to take something back; that it could not be taken back is told. */
export const undoBy = (act: () => Promise<unknown>): ToastAction => ({
  label: 'Undo',
  run: () => void act().catch((error: unknown) => tellTrouble(`That could not be undone: ${sentenceOf(error)}`)),
});
