import { formatNumber } from '../ui/format/number.ts';

/** A key, and what each of the compared things has for it; undefined where it has none. */
export interface ComparedRow {
  readonly key: string;
  readonly values: readonly (string | undefined)[];
  readonly isDifferent: boolean;
}

/** What several things have by key, side by side, in the order of the keys. */
export function compareValues(things: readonly ReadonlyMap<string, string>[]): readonly ComparedRow[] {
  const keys = [...new Set(things.flatMap((thing) => [...thing.keys()]))].sort();
  return keys.map((key) => {
    const values = things.map((thing) => thing.get(key));
    return { key, values, isDifferent: new Set(values).size > 1 };
  });
}

/** Rows under a title. */
export interface ComparedGroup {
  readonly title: string;
  /** What a row of it is called: param, metric. */
  readonly what: string;
  readonly rows: readonly ComparedRow[];
  /** Whether the values are numbers, to be shown in few digits. */
  readonly isNumeric?: boolean;
}

/** The groups with only the rows that differ, or with all, and only those that hold what was typed. */
export function shownGroups(
  groups: readonly ComparedGroup[],
  { onlyDifferent, typed }: { readonly onlyDifferent: boolean; readonly typed: string },
): readonly ComparedGroup[] {
  const wanted = typed.trim().toLowerCase();
  const isShown = ({ key, isDifferent }: ComparedRow): boolean =>
    (isDifferent || !onlyDifferent) && key.toLowerCase().includes(wanted);
  return groups.map((group) => ({ ...group, rows: group.rows.filter(isShown) }));
}

/** What is longer is hard to compare side by side. */
const MOST_SIGNS = 40;

/** Whether a row holds texts of which one sees what differs only line by line. */
export const hasLongTexts = ({ isDifferent, values }: ComparedRow): boolean =>
  isDifferent && values.some((value) => value !== undefined && (value.length > MOST_SIGNS || value.includes('\n')));

/** Numbers in few digits, unless two that differ would then look the same. */
export function shortNumbers(values: ComparedRow['values']): ComparedRow['values'] {
  const short = values.map((value) => (value === undefined ? undefined : formatNumber(Number(value))));
  return new Set(short).size < new Set(values).size ? values : short;
}
