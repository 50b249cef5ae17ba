import type { Condition } from '../../search/filter.ts';
import { compileValueTest, type ValueTest } from '../../search/value-test.ts';
import { type Column, type TextColumn, valueAt } from './column.ts';
import { type RowSet, selectRows } from './select-rows.ts';

type EntryTest = (entry: number) => boolean;

interface ConditionScan {
  readonly condition: Condition;
  /** Undefined when no row has the value. */
  readonly column: Column | undefined;
  readonly rowCount: number;
  /** The rows to choose from. */
  readonly among: RowSet;
}

/** Gives the rows that satisfy a condition: those that compileFilter lets pass, by the same tests of values. */
export function filterRows({ condition, column, rowCount, among }: ConditionScan): RowSet {
  const test = compileValueTest(condition);
  // Of a run's datasets any may match, and none does where there are none; all else has one value, or none.
  const passesEmpty = condition.target.kind !== 'dataset' && test(undefined);
  if (column === undefined) return passesEmpty ? among : new Uint32Array();
  const passes = entryTestOf(column, condition, test);
  return selectRows({ rowCount, among, entryRows: column.rows, passes, passesEmpty });
}

/** Gives the rows whose text passes, all of them when every text does. */
export function filterTexts(column: TextColumn, rowCount: number, test: (text: string) => boolean): RowSet {
  const { codes, dictionary } = column;
  const passes = Array.from({ length: dictionary.size }, (_, code) => test(dictionary.at(code)));
  if (passes.every(Boolean)) return undefined;
  const passesEntry = (entry: number) => passes[Number(codes[entry])] === true;
  return selectRows({ rowCount, among: undefined, entryRows: column.rows, passes: passesEntry, passesEmpty: false });
}

const UNKNOWN = 0;
const FAILS = 1;
const PASSES = 2;

const verdictOf = (passes: boolean): number => (passes ? PASSES : FAILS);

function entryTestOf(column: Column, condition: Condition, test: ValueTest): EntryTest {
  if (column.type === 'number') {
    const { values } = column;
    return (entry) => test(values[entry]);
  }
  const { codes } = column;
  const verdicts = verdictsOf(column, condition, test);
  // Each distinct text is tested once, when it is met first.
  return (entry) => {
    const code = Number(codes[entry]);
    if (verdicts[code] === UNKNOWN) verdicts[code] = verdictOf(test(valueAt(column, entry)));
    return verdicts[code] === PASSES;
  };
}

/** What is known about the codes of a column beforehand: a comparison with given texts needs no look at the others. */
function verdictsOf({ dictionary }: TextColumn, condition: Condition, test: ValueTest): Uint8Array {
  const verdicts = new Uint8Array(dictionary.size + 1);
  if (condition.kind !== 'text' && condition.kind !== 'list') return verdicts;
  const isWanted = condition.comparator === '=' || condition.comparator === 'IN';
  verdicts.fill(verdictOf(!isWanted));
  for (const text of condition.kind === 'text' ? [condition.value] : condition.value) {
    const code = dictionary.locate(text);
    if (Number.isInteger(code)) verdicts[code] = verdictOf(isWanted);
  }
  verdicts[dictionary.size] = verdictOf(test(undefined));
  return verdicts;
}
