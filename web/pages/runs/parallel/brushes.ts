import { type Field, listField } from '../../../ui/url-state/url-state.ts';

/** A stretch of an axis, in its numbers: on an axis of words the places of these. */
export type Stretch = readonly [from: number, to: number];

/** Stretches that were brushed, by the id of the axis. */
export type Brushes = ReadonlyMap<string, readonly Stretch[]>;

const DIGITS = 6;
const items = listField();

/** Brushes in the URL: `metrics.loss:0:0.5,params.lr:0.001:0.1`. */
export const brushesField: Field<Brushes> = {
  initial: new Map(),
  parse: (text) => {
    const brushes = new Map<string, readonly Stretch[]>();
    for (const item of items.parse(text) ?? []) {
      const [, id = '', from, to] = /^(.+):([^:]+):([^:]+)$/.exec(item) ?? [];
      const stretch = [Number(from), Number(to)] as const;
      if (id !== '' && stretch.every(Number.isFinite)) brushes.set(id, [...(brushes.get(id) ?? []), stretch]);
    }
    return brushes;
  },
  format: (brushes) =>
    items.format(
      [...brushes].flatMap(([id, stretches]) => stretches.map(([from, to]) => `${id}:${rounded(from)}:${rounded(to)}`)),
    ),
};

const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

/** Whether two say the same of an axis, as the URL has it. */
export const isSameBrush = (id: string, a: Brushes, b: Brushes): boolean => textOf(id, a) === textOf(id, b);

const textOf = (id: string, brushes: Brushes): string => brushesField.format(new Map([[id, brushes.get(id) ?? []]]));
