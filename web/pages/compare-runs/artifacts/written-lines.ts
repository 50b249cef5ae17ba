import type { PreviewKind } from '../../../previews/preview-kind.ts';

/** Two texts as they are laid side by side: JSON with a line for each value, however it was written; others as they are. */
export function writtenLines(kind: PreviewKind, left: string, right: string): readonly [left: string, right: string] {
  if (kind !== 'json' && kind !== 'geo' && kind !== 'notebook') return [left, right];
  try {
    return [indented(left), indented(right)];
  } catch {
    // What is not what its name says is shown as it is written.
    return [left, right];
  }
}

const indented = (text: string): string => JSON.stringify(JSON.parse(text), null, 2);
