import type { Int64 } from '../../domain/int64.ts';
import type { NumberData, TextData } from './column-data.ts';

const isEveryRow = (rows: readonly number[], rowCount: number): boolean =>
  rows.length === rowCount && rows.every((row, at) => row === at);

/** Collects the numbers of a column, rows ascending; a second number of a row takes the place of the first. */
export class NumberBuilder {
  private readonly rows: number[] = [];
  private readonly values: Int64[] = [];

  add(row: number, value: Int64): void {
    if (this.rows.at(-1) === row) {
      this.rows.pop();
      this.values.pop();
    }
    this.rows.push(row);
    this.values.push(value);
  }

  build(rowCount: number): NumberData {
    const { values } = this;
    const rows = isEveryRow(this.rows, rowCount) ? undefined : Uint32Array.from(this.rows);
    const isWide = values.some((value) => typeof value === 'bigint');
    return {
      type: 'number',
      rows,
      values: isWide ? BigInt64Array.from(values, BigInt) : Float64Array.from(values, Number),
    };
  }
}

/** Collects the texts of a column, rows ascending; several texts of a row are kept. */
export class TextBuilder {
  private readonly rows: number[] = [];
  private readonly places: number[] = [];
  private readonly placeOf = new Map<string, number>();

  add(row: number, text: string | undefined): void {
    this.rows.push(row);
    this.places.push(text === undefined ? -1 : this.placeOfText(text));
  }

  build(rowCount: number): TextData {
    const rows = isEveryRow(this.rows, rowCount) ? undefined : Uint32Array.from(this.rows);
    return { type: 'text', rows, places: Int32Array.from(this.places), words: [...this.placeOf.keys()] };
  }

  private placeOfText(text: string): number {
    const known = this.placeOf.get(text);
    if (known !== undefined) return known;
    const place = this.placeOf.size;
    this.placeOf.set(text, place);
    return place;
  }
}
