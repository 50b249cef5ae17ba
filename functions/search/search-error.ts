import { invalidParameter, type MlflowError } from '../domain/errors.ts';
import { MAX_QUOTED_LENGTH } from './limits.ts';

/** A stretch of the filter text, in UTF-16 units from its start. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const HINT_LENGTH = 40;

/** Cuts a text that a message repeats, so that a long filter makes no long message. */
export const clip = (text: string, length = MAX_QUOTED_LENGTH): string =>
  text.length > length ? `${text.slice(0, length)}…` : text;

/**
 * INVALID_PARAMETER_VALUE with MLflow's sentence, which names no place, and the place behind it: the character, counted
 * from 1, and the text there. The span is the error's cause, so that an editor can underline it.
 */
export function searchError(message: string, source: string, { start, end }: Span): MlflowError {
  const character = [...source.slice(0, start)].length + 1;
  const text = clip(source.slice(start, end), HINT_LENGTH) || 'the end';
  return invalidParameter(`${message} (at character ${character}: ${text})`, { start, end });
}
