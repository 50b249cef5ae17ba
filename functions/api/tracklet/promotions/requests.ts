import { compareCodePoints } from '../../../domain/code-points.ts';
import { alreadyExists } from '../../../domain/errors.ts';
import { noSuchVersion } from '../../../domain/model-version.ts';
import type { PromotionRequest } from '../../../domain/promotion/request.ts';
import { nameOfTarget, parseTarget } from '../../../domain/promotion/target.ts';
import { stageOfVersion } from '../../../domain/version-stages.ts';
import { pageToken, textOrEmpty } from '../../../protocol/common.ts';
import { message } from '../../../protocol/message.ts';
import { flag, int32 } from '../../../protocol/scalars.ts';
import { comment, requestState, targetFields, wireRequest } from '../../../protocol/wire-promotion.ts';
import type { Store } from '../../../store/store.ts';
import { versionNamed, versionNumber } from '../../model-versions/version-reference.ts';
import { defineOperation } from '../../operation.ts';
import { pageOf } from '../../page-of.ts';
import {
  type KnownRequest,
  mayReadRequest,
  pageSize,
  personOf,
  validateComment,
} from '../../promotion/promotion-reference.ts';
import { getRegisteredModel, modelName } from '../../registered-models/model-reference.ts';

const path = '/tracklet/promotions/requests';

/** Asks for a version to be promoted. */
export const createPromotionRequest = defineOperation({
  method: 'POST',
  path,
  since: '2.0',
  request: message({
    name: modelName,
    version: versionNumber,
    ...targetFields,
    archive_existing_versions: flag('Whether the other versions of the stage are then archived'),
    comment,
  }),
  handle: async (input, { store, clock, caller }) => {
    const target = parseTarget(input.stage, input.alias);
    validateComment(input.comment);
    const { name, versionNumber: number } = versionNamed(input);
    const { registeredModelId, stages } = await getRegisteredModel(store, name);
    if (stageOfVersion(stages, number) === undefined) throw noSuchVersion(name, number);
    const wanted = { registeredModelId, versionNumber: number, target };
    const request = await store.createPromotionRequest({
      ...wanted,
      modelName: name,
      archivesOthers: input.archive_existing_versions ?? false,
      comment: input.comment,
      requester: personOf(caller),
      creationTime: clock(),
    });
    if (request) return { request: wireRequest(request) };
    const open = await store.findOpenRequest(wanted);
    const id = open ? ` by promotion request ${open.requestId}` : '';
    throw alreadyExists(
      `Version ${number} of registered model '${name}' is asked for ${nameOfTarget(target)} already${id}.`,
    );
  },
});

/** Newest first. */
type Place = readonly [creationTime: number, requestId: string];

const compare = ([timeA, idA]: Place, [timeB, idB]: Place): number => timeB - timeA || compareCodePoints(idB, idA);

/** Requests of one model, or of all that the caller may read, the newest first. */
export const searchPromotionRequests = defineOperation({
  method: 'GET',
  path,
  since: '2.0',
  request: message({
    name: textOrEmpty('Registered model; all when absent'),
    version: textOrEmpty('Version of it; all when absent'),
    state: requestState,
    max_results: int32('Requests in a page, 1 to 1000; 100 when absent'),
    page_token: pageToken,
  }),
  handle: async (input, { store, tokens, maxPageBytes, caller }) => {
    const { name, version, state, page_token: token } = input;
    const maxResults = pageSize(input.max_results);
    const number = version === '' ? undefined : versionNamed({ name, version }).versionNumber;
    const isWanted = (request: PromotionRequest): boolean =>
      (state === undefined || request.state === state) && (number === undefined || request.versionNumber === number);
    const known = name === '' ? await allRequests(store) : await requestsOf(store, name);
    const page = await pageOf({
      rows: known.filter(({ request, model }) => isWanted(request) && mayReadRequest(caller, model)),
      keyOf: ({ request: { creationTime, requestId } }): Place => [creationTime, requestId],
      compare,
      wire: (rows) => rows.map(({ request, model }) => wireRequest(request, model?.name)),
      maxResults,
      maxBytes: maxPageBytes,
      pageToken: token,
      list: `promotion requests ${JSON.stringify([name, number, state])}`,
      tokens,
    });
    return { requests: page.rows, next_page_token: page.nextPageToken };
  },
});

async function requestsOf(store: Store, name: string): Promise<readonly KnownRequest[]> {
  const model = await getRegisteredModel(store, name);
  const requests = await store.listPromotionRequests(model.registeredModelId);
  return requests.map((request) => ({ request, model }));
}

async function allRequests(store: Store): Promise<readonly KnownRequest[]> {
  const [requests, models] = await Promise.all([store.listPromotionRequests(undefined), store.listRegisteredModels()]);
  const byId = new Map(models.map((model) => [model.registeredModelId, model]));
  return requests.map((request) => ({ request, model: byId.get(request.registeredModelId) }));
}
