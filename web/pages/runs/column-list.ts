import { ALL_OF, formatColumnId, KEYED_KINDS, type KeyedKind, parseColumnId } from './column-id.ts';
import type { KeyCatalogue } from './key-catalogue.ts';

const HIDDEN = '-';
const BEHIND = '>';

/**
 * A list of columns as the URL has it. `metrics.*` stands for each metric that is not listed itself, `-metrics.loss` takes one
 * of them away, and what follows `>metrics.loss` stands behind that column: so a list stays short however many columns it
 * shows. No id begins with a mark.
 */
interface ColumnList {
  /** Ids and patterns, from left to right. */
  readonly plain: readonly string[];
  /** What stands behind a column, by its id. */
  readonly behind: ReadonlyMap<string, readonly string[]>;
  readonly hidden: ReadonlySet<string>;
}

function readList(columns: readonly string[]): ColumnList {
  const plain: string[] = [];
  const hidden = new Set<string>();
  const behind = new Map<string, string[]>();
  let group = plain;
  for (const column of columns) {
    if (column.startsWith(HIDDEN)) hidden.add(column.slice(1));
    else if (column.startsWith(BEHIND)) {
      group = behind.get(column.slice(1)) ?? [];
      behind.set(column.slice(1), group);
    } else group.push(column);
  }
  return { plain, behind, hidden };
}

const kindOfPattern = (column: string): KeyedKind | undefined => KEYED_KINDS.find((kind) => ALL_OF[kind] === column);

/** The columns that a list shows, in their order. */
export function expandColumns(columns: readonly string[], keys: KeyCatalogue): readonly string[] {
  const { plain, behind, hidden } = readList(columns);
  const listed = new Set(columns);
  const left = new Map(behind);
  const shown: string[] = [];
  const put = (id: string) => {
    shown.push(id);
    const followers = left.get(id) ?? [];
    left.delete(id);
    for (const follower of followers) put(follower);
  };
  for (const column of plain) {
    const kind = kindOfPattern(column);
    if (kind === undefined) put(column);
    else for (const id of idsOf(kind, keys)) if (!listed.has(id)) put(id);
  }
  // What they stand behind is not there: they come last.
  for (const followers of [...left.values()]) for (const follower of followers) put(follower);
  return shown.filter((id) => !hidden.has(id));
}

const idsOf = (kind: KeyedKind, keys: KeyCatalogue): readonly string[] =>
  keys[kind].map((key) => formatColumnId({ kind, key }));

interface Change {
  /** As the URL has it; empty when the columns are automatic. */
  readonly columns: readonly string[];
  readonly keys: KeyCatalogue;
  /** The columns to show, in their order. */
  readonly wanted: readonly string[];
  /** The one that was moved, if any. */
  readonly moved?: string | undefined;
}

/** The list that shows some columns: its patterns stay, and only what differs from them is written. */
export function rewriteColumns({ columns, keys, wanted, moved }: Change): readonly string[] {
  const patterns = columns.filter((column) => kindOfPattern(column) !== undefined);
  if (patterns.length === 0) return wanted;
  const patternOf = patternsBy(patterns, keys);
  const listed = new Set(columns);
  const memberOf = (id: string) => (id === moved || listed.has(id) ? undefined : patternOf.get(id));
  const ends = new Map<string | undefined, number>();
  for (const [at, id] of wanted.entries()) if (memberOf(id) !== undefined) ends.set(memberOf(id), at);
  const plain = new Set<string>();
  const behind: string[] = [];
  let last: string | undefined;
  for (const [at, id] of wanted.entries()) {
    const pattern = memberOf(id);
    const isWithin = [...plain].some((each) => (ends.get(each) ?? -1) > at);
    if (pattern !== undefined) plain.add(pattern);
    else if (!isWithin) plain.add(id);
    else {
      const before = wanted[at - 1];
      if (last === undefined || before !== last) behind.push(BEHIND + before);
      behind.push(id);
      last = id;
    }
  }
  for (const pattern of patterns) plain.add(pattern);
  return [...hiddenFirst(columns, { keys, wanted, patternOf }), ...plain, ...behind];
}

function patternsBy(patterns: readonly string[], keys: KeyCatalogue): ReadonlyMap<string, string> {
  return new Map(
    patterns.flatMap((pattern) => {
      const kind = kindOfPattern(pattern);
      return kind === undefined ? [] : idsOf(kind, keys).map((id) => [id, pattern] as const);
    }),
  );
}

interface Hiding extends Pick<Change, 'keys' | 'wanted'> {
  readonly patternOf: ReadonlyMap<string, string>;
}

/** What a pattern would show and nobody wants: what was hidden before, and what was shown. */
function hiddenFirst(columns: readonly string[], { keys, wanted, patternOf }: Hiding): readonly string[] {
  const isWanted = new Set(wanted);
  const before = [...readList(columns).hidden, ...expandColumns(columns, keys)];
  return [...new Set(before)].filter((id) => patternOf.has(id) && !isWanted.has(id)).map((id) => HIDDEN + id);
}

/** A list in which a column, or all of a kind, is shown or not. */
export function withColumn(
  { columns, keys }: Pick<Change, 'columns' | 'keys'>,
  id: string,
  isShown: boolean,
): readonly string[] {
  const pattern = kindOfPattern(id);
  if (pattern !== undefined) {
    const others = columns.filter((column) => column !== id && !isHiddenOf(column, pattern));
    const end = others.findIndex((column) => column.startsWith(BEHIND));
    return isShown ? others.toSpliced(end < 0 ? others.length : end, 0, id) : others;
  }
  const shown = expandColumns(columns, keys);
  if (!isShown) return rewriteColumns({ columns, keys, wanted: shown.filter((each) => each !== id) });
  if (shown.includes(id)) return columns;
  const unhidden = columns.filter((column) => column !== HIDDEN + id);
  if (expandColumns(unhidden, keys).includes(id)) return unhidden;
  return rewriteColumns({ columns: unhidden, keys, wanted: [...shown, id] });
}

/** Whether an item hides one of a kind. */
function isHiddenOf(column: string, kind: KeyedKind): boolean {
  const id = column.startsWith(HIDDEN) ? parseColumnId(column.slice(1)) : undefined;
  return id?.kind === kind;
}
