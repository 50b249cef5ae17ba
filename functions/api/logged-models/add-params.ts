import type { KeyValue, TextMap } from '../../domain/entities.ts';
import { badRequest } from '../../domain/errors.ts';

/** Adds params to a logged model's. The same value again is no error, so that a retry is harmless; another one is. */
export function addParams(logged: TextMap, params: readonly KeyValue[]): TextMap {
  const merged = new Map(logged);
  for (const { key, value } of params) {
    const known = merged.get(key);
    if (known !== undefined && known !== value) {
      throw badRequest(`Param '${key}' was already logged with value '${known}'; it cannot become '${value}'.`);
    }
    merged.set(key, value);
  }
  return merged;
}
