import type { Range } from './line.ts';

/** More than these cannot be read beside an axis. */
const MOST = 7;
/** Fewer than these do not tell a logarithm. */
const LEAST = 3;
const WITHIN_DECADE = [[1, 2, 5], [1]] as const;

/** Where marks stand along a logarithm: 1, 2, 5, 10; powers of ten where those are too many; any even steps in a narrow range. */
export function logMarks({ from, to }: Range): readonly number[] {
  const first = Math.floor(Math.log10(from));
  const decades = Array.from({ length: Math.ceil(Math.log10(to)) - first + 1 }, (_, decade) => first + decade);
  for (const factors of WITHIN_DECADE) {
    const marks = decades.flatMap((decade) => factors.map((factor) => atDecade(factor, decade)));
    const shown = marks.filter((mark) => mark >= from && mark <= to);
    if (shown.length < LEAST) return evenMarks(from, to);
    if (shown.length <= MOST) return shown;
  }
  const step = Math.ceil(decades.length / MOST);
  return decades
    .filter((decade) => decade % step === 0)
    .map((decade) => atDecade(1, decade))
    .filter((mark) => mark >= from && mark <= to);
}

/** By its text, for 10 ** -5 is not quite 1e-5. */
const atDecade = (factor: number, decade: number): number => Number(`${factor}e${decade}`);

/** Round numbers a little apart, as on a scale that is none of logarithms. */
function evenMarks(from: number, to: number): readonly number[] {
  const rough = (to - from) / LEAST;
  const decade = Math.floor(Math.log10(rough));
  const factor = [5, 2, 1].find((each) => atDecade(each, decade) <= rough * (1 + 1e-9)) ?? 1;
  const step = atDecade(factor, decade);
  const first = Math.ceil(from / step);
  const count = Math.floor(to / step) - first + 1;
  return Array.from({ length: count }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}
