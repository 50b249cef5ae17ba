import { choiceField, type Field, flagField, listField, type StateOf, textField } from '../ui/url-state/url-state.ts';
import type { Range } from './maths/line.ts';
import { parseXAxis, type XAxis } from './maths/x-axis.ts';

/** Above it nothing of the new would be left. */
const MOST_SMOOTHING = 0.99;

const smoothingField: Field<number> = {
  initial: 0,
  parse: (text) => {
    const weight = Number(text);
    return weight >= 0 && weight <= MOST_SMOOTHING ? weight : undefined;
  },
  format: String,
};

const zoomField: Field<Range | undefined> = {
  initial: undefined,
  parse: (text) => {
    const [from, to] = text.split(':').map(Number);
    return from !== undefined && to !== undefined && from < to ? { from, to } : undefined;
  },
  format: (range) => (range === undefined ? '' : `${range.from}:${range.to}`),
};

/**
 * What charts keep in the URL. `hidden` are ids of runs and groups, `folded` those of panels and of
 * their groups. `band` is what surrounds the mean of a group. `panels` are the metrics whose charts stand at the top in an
 * order of one's own, `only` those alone; `tables` those that are shown as tables.
 */
export const chartsSchema = {
  find: textField(),
  x: textField('step'),
  xlog: flagField(false),
  ylog: flagField(false),
  smooth: smoothingField,
  outliers: flagField(true),
  zoom: zoomField,
  hidden: listField(),
  folded: listField(),
  band: choiceField(['range', 'deviation'], 'range'),
  panels: listField(),
  tables: listField(),
  only: flagField(false),
} as const;

export type ChartsState = StateOf<typeof chartsSchema>;

/** What runs along, steps when the URL names nothing. */
export const xAxisOf = ({ x }: Pick<ChartsState, 'x'>): XAxis => parseXAxis(x) ?? { kind: 'step' };
