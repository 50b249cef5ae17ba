/** A line of two texts laid over each other; `left` and `right` are its numbers there, from 1. */
export type DiffLine =
  | { readonly kind: 'same'; readonly left: number; readonly right: number; readonly text: string }
  | { readonly kind: 'removed'; readonly left: number; readonly text: string }
  | { readonly kind: 'added'; readonly right: number; readonly text: string };

/** How one text becomes another. */
export interface Diff {
  readonly lines: readonly DiffLine[];
  readonly removedCount: number;
  readonly addedCount: number;
  /** Whether the texts differ in so much that all between their common beginning and end is shown as replaced. */
  readonly isCoarse: boolean;
}

/** Beyond it the steps back would fill the memory of the page: they grow with its square. */
export const MOST_EDITS = 2_000;

/** How the left text becomes the right one, line by line. */
export const diffLines = (left: string, right: string, mostEdits = MOST_EDITS): Diff =>
  diffParts(linesOf(left), linesOf(right), mostEdits);

/**
 * The fewest parts to remove and add that make the right list of the left one (Myers 1986, the greedy algorithm), as long as
 * these are at most `mostEdits` between what both begin and end with.
 */
export function diffParts(a: readonly string[], b: readonly string[], mostEdits: number): Diff {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const middleA = a.slice(start, a.length - end);
  const middleB = b.slice(start, b.length - end);
  const matches = matchesOf(middleA, middleB, mostEdits);
  const lines = laidOver(a, b, [
    ...run(0, 0, start),
    ...(matches ?? []).map(([x, y]) => [x + start, y + start] as const),
    ...run(a.length - end, b.length - end, end),
  ]);
  return {
    lines,
    removedCount: lines.filter(({ kind }) => kind === 'removed').length,
    addedCount: lines.filter(({ kind }) => kind === 'added').length,
    isCoarse: matches === undefined,
  };
}

/** The end of a line belongs to it: a last one without one is a line, too, and an empty text has none. */
function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}

/** A place in the left and one in the right, where both have the same line. */
type Match = readonly [left: number, right: number];

const run = (left: number, right: number, count: number): readonly Match[] =>
  Array.from({ length: count }, (_, at) => [left + at, right + at] as const);

/** The lines that both keep, in order; undefined when more than `mostEdits` are not kept. */
function matchesOf(a: readonly string[], b: readonly string[], mostEdits: number): readonly Match[] | undefined {
  // For each number of edits: how far in `a` each diagonal (x - y, from -edits to edits) was followed.
  const trace: Int32Array[] = [];
  const most = Math.min(mostEdits, a.length + b.length);
  for (let edits = 0; edits <= most; edits += 1) {
    const reach = new Int32Array(2 * edits + 1);
    trace.push(reach);
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = edits === 0 ? 0 : stepFrom(trace[edits - 1], edits - 1, diagonal).x;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      reach[diagonal + edits] = x;
      if (x >= a.length && x - diagonal >= b.length) return backFrom(trace, a.length, b.length);
    }
  }
  return undefined;
}

interface Step {
  /** Where the diagonal is entered, before what is the same there. */
  readonly x: number;
  /** The diagonal it is entered from. */
  readonly from: number;
}

/** How a diagonal is best entered with one edit more: down (a line is added) or to the right (one is removed). */
function stepFrom(reach: Int32Array | undefined, edits: number, diagonal: number): Step {
  const at = (from: number): number => (Math.abs(from) > edits ? -1 : (reach?.[from + edits] ?? -1));
  const right = at(diagonal - 1);
  const down = at(diagonal + 1);
  return right < down ? { x: down, from: diagonal + 1 } : { x: right + 1, from: diagonal - 1 };
}

/** The way back from the end of both to their beginning. */
function backFrom(trace: readonly Int32Array[], endX: number, endY: number): readonly Match[] {
  const matches: Match[] = [];
  let x = endX;
  let diagonal = endX - endY;
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const step = edits === 0 ? { x: 0, from: 0 } : stepFrom(trace[edits - 1], edits - 1, diagonal);
    while (x > step.x) {
      x -= 1;
      matches.push([x, x - diagonal]);
    }
    x = step.from < diagonal ? step.x - 1 : step.x;
    diagonal = step.from;
  }
  return matches.reverse();
}

function laidOver(a: readonly string[], b: readonly string[], matches: readonly Match[]): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let left = 0;
  let right = 0;
  for (const [nextLeft, nextRight] of [...matches, [a.length, b.length] as const]) {
    for (; left < nextLeft; left += 1) lines.push({ kind: 'removed', left: left + 1, text: a[left] ?? '' });
    for (; right < nextRight; right += 1) lines.push({ kind: 'added', right: right + 1, text: b[right] ?? '' });
    if (left === a.length || right === b.length) continue;
    lines.push({ kind: 'same', left: left + 1, right: right + 1, text: a[left] ?? '' });
    left += 1;
    right += 1;
  }
  return lines;
}

/** Lines to be drawn, or how many that are the same are folded away. */
export type DiffPiece =
  | { readonly kind: 'lines'; readonly lines: readonly DiffLine[] }
  | { readonly kind: 'folded'; readonly lines: readonly DiffLine[] };

/** What differs with `context` lines around it; longer stretches of the same are folded. */
export function foldSame(lines: readonly DiffLine[], context: number): readonly DiffPiece[] {
  const isNear = new Uint8Array(lines.length);
  lines.forEach(({ kind }, at) => {
    if (kind !== 'same') isNear.fill(1, Math.max(0, at - context), at + context + 1);
  });
  const pieces: { readonly kind: DiffPiece['kind']; readonly lines: DiffLine[] }[] = [];
  lines.forEach((line, at) => {
    const kind = isNear[at] ? 'lines' : 'folded';
    const last = pieces.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else pieces.push({ kind, lines: [line] });
  });
  // To unfold a single line takes as much room as the line.
  return pieces.map(({ kind, lines: own }) => ({ kind: own.length === 1 ? 'lines' : kind, lines: own }));
}
