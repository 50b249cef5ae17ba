import type { PreviewKind } from '../previews/preview-kind.ts';

/** Two texts as they are laid side by side: JSON that says something else with a line for each value; others as they are. */
export function writtenLines(kind: PreviewKind, left: string, right: string): readonly [left: string, right: string] {
  if (kind !== 'json' && kind !== 'geo' && kind !== 'notebook') return [left, right];
  try {
    const written = [indented(left), indented(right)] as const;
    return written[0] === written[1] ? [left, right] : written;
  } catch {
    // What is not what its name says is shown as it is written.
    return [left, right];
  }
}

const indented = (text: string): string => JSON.stringify(JSON.parse(text), null, 2);
