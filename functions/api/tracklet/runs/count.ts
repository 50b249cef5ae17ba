import { message } from '../../../protocol/message.ts';
import { defineOperation } from '../../operation.ts';
import { askedChoice, choiceFields } from './run-choice.ts';

/** How many runs a search would find, without sending them; Tracklet's own. */
export const countRuns = defineOperation({
  method: 'POST',
  path: '/tracklet/runs/count',
  since: '2.0',
  request: message(choiceFields),
  handle: async (input, services) => ({ count: await services.store.countRuns(askedChoice(input, services)) }),
});
