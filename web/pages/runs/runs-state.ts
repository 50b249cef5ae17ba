import { RUN_STATUSES } from '../../api/runs.ts';
import {
  choiceField,
  flagField,
  listField,
  longListField,
  numbersField,
  type StateOf,
  textField,
} from '../../ui/url-state/url-state.ts';
import { brushesField } from './parallel/brushes.ts';

/** How far back runs are looked for. */
export const PERIODS = [
  { value: 'all', text: 'Any time', ms: undefined },
  { value: '1h', text: 'Last hour', ms: 3_600_000 },
  { value: '24h', text: 'Last 24 hours', ms: 86_400_000 },
  { value: '7d', text: 'Last 7 days', ms: 7 * 86_400_000 },
  { value: '30d', text: 'Last 30 days', ms: 30 * 86_400_000 },
  { value: '180d', text: 'Last 180 days', ms: 180 * 86_400_000 },
] as const;

export type Period = (typeof PERIODS)[number]['value'];

const periodNames: readonly Period[] = PERIODS.map(({ value }) => value);

/** The newest first. */
export const DEFAULT_SORT = 'created.desc';

/**
 * What the table of runs keeps in its URL. No columns means: those that are chosen automatically. `view` is a saved view that is
 * still to be read: what it says takes the place of the whole query string.
 * `differing` hides the columns that are the same for all runs that are loaded.
 * `along` and `of` are the columns that a scatter, bar or box chart draws: across, and up. A contour's are `along`, `by` and,
 * as heights, `of`. `image` and `step` say which of the logged images are shown: those of the last step when there is none. `brushes` are
 * those of parallel coordinates.
 */
export const runsSchema = {
  view: textField(),
  filter: textField(),
  stage: choiceField(['active', 'deleted'], 'active'),
  status: choiceField(['any', ...RUN_STATUSES], 'any'),
  since: choiceField(periodNames, 'all'),
  sort: textField(DEFAULT_SORT),
  columns: listField(),
  pinned: listField(['name']),
  widths: numbersField(),
  differing: flagField(false),
  group: textField(),
  nested: flagField(true),
  open: listField(),
  selected: longListField(),
  show: choiceField(['table', 'both', 'charts'], 'table'),
  chart: choiceField(['lines', 'parallel', 'scatter', 'bar', 'box', 'contour', 'importance', 'images'], 'lines'),
  along: textField(),
  by: textField(),
  of: textField(),
  image: textField(),
  step: textField(),
  brushes: brushesField,
} as const;

export type RunsState = StateOf<typeof runsSchema>;
