import { textField } from '../ui/url-state/url-state.ts';

/** The two things whose texts are laid side by side; the page chooses where the URL names none. */
export const pairSchema = { left: textField(), right: textField() } as const;

interface Chosen {
  readonly left: string;
  readonly right: string;
}

/**
 * The two things that are laid side by side: those that were chosen, if they are compared, else the first that have what is
 * looked at. `suits` says so of one, and of the second whether it goes with the first.
 */
export function pairOf(
  ids: readonly string[],
  chosen: Chosen,
  suits: (id: string, left: string | undefined) => boolean,
): readonly [left: string, right: string] {
  const firstOf = (others: readonly string[], left?: string): string =>
    others.find((id) => suits(id, left)) ?? others[0] ?? '';
  const right = ids.includes(chosen.right) ? chosen.right : undefined;
  const left = ids.includes(chosen.left) ? chosen.left : firstOf(ids.filter((id) => id !== right));
  return [
    left,
    right ??
      firstOf(
        ids.filter((id) => id !== left),
        left,
      ),
  ];
}
