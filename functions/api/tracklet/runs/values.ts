import { compareCodePoints } from '../../../domain/code-points.ts';
import { invalidParameter } from '../../../domain/errors.ts';
import { requiredText } from '../../../protocol/common.ts';
import { message, required } from '../../../protocol/message.ts';
import { choice, int32, text } from '../../../protocol/scalars.ts';
import { firstOf } from '../../../search/first-of.ts';
import { RUN_ATTRIBUTES } from '../../../store/run-survey.ts';
import { fillPage } from '../../fill-page.ts';
import { defineOperation } from '../../operation.ts';
import { askedChoice, askedCountedResults, beginsWith, choiceFields } from './run-choice.ts';
import { KIND_OF } from './wire-kind.ts';

const request = message({
  ...choiceFields,
  kind: required(choice({ PARAM: 2, TAG: 3, ATTRIBUTE: 4 }, 'What the key is of')),
  key: requiredText('Name of the param, tag or attribute'),
  prefix: text('How the values begin, in any case'),
  max_results: int32('Values at most, 1 to 1000; 100 when absent'),
});

type Counted = readonly [value: string, count: number];

const compare = ([valueA, countA]: Counted, [valueB, countB]: Counted): number =>
  countB - countA || compareCodePoints(valueA, valueB);

/**
 * The values that runs have for a param, a tag or an attribute, those of the most runs first; Tracklet's own. There are no
 * further pages: a longer prefix gives what is missing.
 */
export const listRunValues = defineOperation({
  method: 'POST',
  path: '/tracklet/runs/values',
  since: '2.0',
  request,
  handle: async (input, services) => {
    const maxResults = askedCountedResults(input.max_results);
    if (input.kind === 'ATTRIBUTE') checkAttribute(input.key);
    const choice = askedChoice(input, services);
    const begins = beginsWith(input.prefix);
    const counts = await services.store.countRunValues(choice, { kind: KIND_OF[input.kind], key: input.key });
    const wanted = [...counts].filter(([value]) => begins(value));
    const first = firstOf(wanted, maxResults, compare);
    const wire = (some: readonly Counted[]) => some.map(([value, count]) => ({ value, run_count: count }));
    const values = await fillPage(first, wire, services.maxPageBytes);
    return { values, value_count: wanted.length };
  },
});

function checkAttribute(key: string): void {
  if (RUN_ATTRIBUTES.some((name) => name === key)) return;
  throw invalidParameter(`Invalid attribute key '${key}'. It must be one of ${RUN_ATTRIBUTES.join(', ')}.`);
}
