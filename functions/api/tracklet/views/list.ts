import { compareCodePoints } from '../../../domain/code-points.ts';
import { invalidParameter } from '../../../domain/errors.ts';
import { MAX_VIEW_RESULTS } from '../../../domain/limits.ts';
import { maySeeView } from '../../../domain/saved-view.ts';
import { pageToken } from '../../../protocol/common.ts';
import { message } from '../../../protocol/message.ts';
import { int32 } from '../../../protocol/scalars.ts';
import { defineOperation } from '../../operation.ts';
import { pageOf } from '../../page-of.ts';
import { experimentFields, experimentsAsked, wireFor } from './view-reference.ts';

const request = message({
  ...experimentFields,
  max_results: int32('Views in a page, 1 to 1000, which is also what holds when absent'),
  page_token: pageToken,
});

type Place = readonly [name: string, viewId: string];

const compare = ([nameA, idA]: Place, [nameB, idB]: Place): number =>
  compareCodePoints(nameA, nameB) || compareCodePoints(idA, idB);

/** The views of just these experiments that the caller sees, by name; Tracklet's own. */
export const listViews = defineOperation({
  method: 'GET',
  path: '/tracklet/views',
  since: '2.0',
  request,
  handle: async (input, services) => {
    const { store, tokens, maxPageBytes, caller } = services;
    const { max_results: maxResults = MAX_VIEW_RESULTS } = input;
    if (maxResults < 1 || maxResults > MAX_VIEW_RESULTS) {
      throw invalidParameter(`max_results must be between 1 and ${MAX_VIEW_RESULTS}. Received ${maxResults}.`);
    }
    const { first, rest } = experimentsAsked(input);
    const others = rest.join();
    const page = await pageOf({
      rows: (await store.listViews(first)).filter(
        (view) => (view.otherExperimentIds ?? []).join() === others && maySeeView(caller, view),
      ),
      keyOf: ({ name, viewId }): Place => [name, viewId],
      compare,
      wire: (views) => views.map((view) => wireFor(view, services)),
      maxResults,
      maxBytes: maxPageBytes,
      pageToken: input.page_token,
      list: `views ${[first, ...rest].join()}`,
      tokens,
    });
    return { views: page.rows, next_page_token: page.nextPageToken };
  },
});
