import { parseFilter } from '../../../../functions/search/parse-filter.ts';

/** What is wrong with a filter, and where in its text: UTF-16 units from its start. */
export interface FilterProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** Reads a filter as the server will; undefined when it is right. */
export function filterProblem(text: string): FilterProblem | undefined {
  if (text.trim() === '') return undefined;
  try {
    parseFilter('runs', text);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { message: error.message, ...placeOf(error.cause, text.length) };
  }
}

/** The parser gives the place as the error's cause; a filter that is too long is wrong as a whole. */
function placeOf(cause: unknown, length: number): Pick<FilterProblem, 'start' | 'end'> {
  const isPlace = typeof cause === 'object' && cause !== null && 'start' in cause && 'end' in cause;
  if (!isPlace) return { start: 0, end: length };
  const start = Math.min(Number(cause.start), Math.max(0, length - 1));
  return { start, end: Math.max(start + 1, Number(cause.end)) };
}
