import type { Caller } from '../../domain/caller.ts';
import type { RawRequest, Services } from '../operation.ts';

/** A request as far as permissions go: the decoded message of a JSON operation, or the raw request of another. */
export interface Asked {
  readonly input: unknown;
  /** The parts of the path, percent-decoded once. */
  readonly params: Readonly<Record<string, string>>;
  readonly raw: RawRequest | undefined;
  readonly services: Services;
}

/** Whether a caller may do what is asked. May throw what the operation itself would throw. */
export type Check = (caller: Caller, asked: Asked) => boolean | Promise<boolean>;

/**
 * What an operation requires.
 *
 * | kind | |
 * | public | nothing, not even to be signed in |
 * | anybody | nothing, but who is signed in is told to the operation; a cookie alone, without its page, is refused |
 * | signed-in | to be signed in; what the answer shows is filtered by the operation |
 * | checked | to be signed in, and that the check says yes; admins are asked, too, for their token may bind them |
 */
export type Requirement =
  | { readonly kind: 'public' }
  | { readonly kind: 'anybody' }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'checked'; readonly check: Check };

export const PUBLIC: Requirement = { kind: 'public' };
export const ANYBODY: Requirement = { kind: 'anybody' };
export const SIGNED_IN: Requirement = { kind: 'signed-in' };

/** All of the checks. */
export const all = (...checks: readonly Check[]): Requirement => ({
  kind: 'checked',
  check: async (caller, asked) => {
    for (const check of checks) if (!(await check(caller, asked))) return false;
    return true;
  },
});

/** One of the checks suffices. */
export const any = (...checks: readonly Check[]): Requirement => ({
  kind: 'checked',
  check: async (caller, asked) => {
    for (const check of checks) if (await check(caller, asked)) return true;
    return false;
  },
});

/** A field of the decoded message, if it is a text; '' otherwise. */
export function textOf(input: unknown, field: string): string {
  const value = fieldOf(input, field);
  return typeof value === 'string' ? value : '';
}

/** The texts of a list in the decoded message, of its items or of a field of each. */
export function textsOf(input: unknown, list: string, field?: string): readonly string[] {
  const items = fieldOf(input, list);
  if (!Array.isArray(items)) return [];
  const texts = items.map((item: unknown) => (field === undefined ? item : fieldOf(item, field)));
  return texts.filter((text): text is string => typeof text === 'string' && text !== '');
}

const fieldOf = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
