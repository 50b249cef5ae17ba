/** A column's numbers before they are written; `rows` as in Column. */
export interface NumberData {
  readonly type: 'number';
  readonly rows: Uint32Array | undefined;
  readonly values: Float64Array | BigInt64Array;
}

/** A column's texts before they are written: places in `words`, or -1 for a missing text. Words may repeat, or be unused. */
export interface TextData {
  readonly type: 'text';
  readonly rows: Uint32Array | undefined;
  readonly places: Int32Array;
  readonly words: readonly string[];
}

/** A column before it is written. */
export type ColumnData = NumberData | TextData;
