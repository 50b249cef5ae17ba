import { type DiffLine, diffParts } from './diff-lines.ts';

/** A stretch of a line, from the sign `at` on; changed when the other line has it not. */
export interface WordPiece {
  readonly at: number;
  readonly text: string;
  readonly isChanged: boolean;
}

const WORD = /\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu;
/** A longer line would take too long, and nobody reads it. */
const MOST_SIGNS = 4_000;
const MOST_EDITS = 400;
/** Of the signs of a line. Of two that share less, marks here and there say nothing. */
const LEAST_SHARED = 0.4;

/** A line in stretches: what the other has, too, and what it has not; undefined when they share too little. */
export function changedWords(text: string, other: string): readonly WordPiece[] | undefined {
  if (text.length > MOST_SIGNS || other.length > MOST_SIGNS) return undefined;
  const { lines: words, isCoarse } = diffParts(text.match(WORD) ?? [], other.match(WORD) ?? [], MOST_EDITS);
  if (isCoarse) return undefined;
  const pieces: WordPiece[] = [];
  let at = 0;
  for (const word of words) {
    if (word.kind === 'added') continue;
    const isChanged = word.kind === 'removed';
    const last = pieces.at(-1);
    if (last?.isChanged === isChanged) pieces[pieces.length - 1] = { ...last, text: last.text + word.text };
    else pieces.push({ at, text: word.text, isChanged });
    at += word.text.length;
  }
  const shared = pieces.reduce((sum, piece) => sum + (piece.isChanged ? 0 : piece.text.trim().length), 0);
  return shared < LEAST_SHARED * Math.max(text.length, other.length) ? undefined : pieces;
}

/** For each line that was removed the one that was added in its place, and the other way round. */
export function partnersOf(lines: readonly DiffLine[]): ReadonlyMap<DiffLine, DiffLine> {
  const partners = new Map<DiffLine, DiffLine>();
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const pair = (): void => {
    for (const [at, line] of removed.entries()) {
      const partner = added[at];
      if (partner === undefined) break;
      partners.set(line, partner).set(partner, line);
    }
    removed = [];
    added = [];
  };
  for (const line of lines) {
    // Where a block of lines is replaced, those removed come first.
    if (line.kind === 'same' || (line.kind === 'removed' && added.length > 0)) pair();
    if (line.kind === 'removed') removed.push(line);
    if (line.kind === 'added') added.push(line);
  }
  pair();
  return partners;
}
