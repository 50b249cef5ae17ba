import { csvLine } from '../../../ui/format/csv.ts';
import type { ParallelAxis } from '../parallel/parallel-axes.ts';
import type { Figure } from './figure-options.ts';

/** What a figure draws, as the lines of a CSV file: a run, a group or a param each. */
export function figureCsv(figure: Figure): readonly string[] {
  switch (figure.kind) {
    case 'scatter':
      return linesOf(
        ['id', 'name', figure.x.id, figure.y.id],
        figure.dots.map(({ runId, label, x, y }) => [runId, label, valueAt(figure.x, x), valueAt(figure.y, y)]),
      );
    case 'contour':
      return linesOf(
        ['id', 'name', figure.x.id, figure.y.id, figure.of],
        figure.peaks.map(({ runId, label, x, y, height }) => [runId, label, x, y, height]),
      );
    case 'bar':
      return linesOf(
        ['id', 'name', figure.y.id],
        figure.bars.map(({ runId, label, value }) => [runId, label, value]),
      );
    case 'box':
      return linesOf(
        [figure.x.id, 'count', 'min', '25%', '50%', '75%', 'max'],
        figure.boxes.map((box) => [
          box.label,
          box.count,
          box.least,
          box.lowerQuartile,
          box.median,
          box.upperQuartile,
          box.greatest,
        ]),
      );
    case 'importance':
      return linesOf(
        ['column', 'strength', 'rises', 'runs'],
        figure.bars.map(({ id, strength, isRising, count }) => [
          id,
          strength,
          isRising === undefined ? undefined : String(isRising),
          count,
        ]),
      );
    default: {
      const never: never = figure;
      return never;
    }
  }
}

type Cell = string | number | undefined;

const linesOf = (head: readonly string[], rows: readonly (readonly Cell[])[]): readonly string[] => [
  csvLine(head),
  ...rows.map(csvLine),
];

/** On an axis of words the word, not its place. */
export const valueAt = ({ kind, words }: ParallelAxis, place: number): Cell => {
  if (Number.isNaN(place)) return undefined;
  return kind === 'words' ? words[place] : place;
};
