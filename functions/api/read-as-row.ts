import type { AttributeValue, RegistryRow } from '../search/row.ts';

/** What a search reads of a value. */
export interface RowReaders<Value> {
  readonly attribute: (value: Value, name: string) => AttributeValue | undefined;
  readonly tag: (value: Value, key: string) => string | undefined;
}

/**
 * Turns what reads rows into what reads values. One row shows one value after the other: a row of its own for each of
 * 20,000 would cost more than what is read of them.
 */
export function readAsRow<Value>({ attribute, tag }: RowReaders<Value>) {
  let shown: Value | undefined;
  const row: RegistryRow = {
    attribute: (name) => (shown === undefined ? undefined : attribute(shown, name)),
    tag: (key) => (shown === undefined ? undefined : tag(shown, key)),
  };
  return <Result>(read: (row: RegistryRow) => Result) =>
    (value: Value): Result => {
      shown = value;
      return read(row);
    };
}
