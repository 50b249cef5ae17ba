import { noSuchVersion } from '../../../../domain/model-version.ts';
import { isPrompt } from '../../../../domain/prompt.ts';
import { aliasChanged } from '../../../../domain/webhook-message.ts';
import { requiredText } from '../../../../protocol/common.ts';
import { message } from '../../../../protocol/message.ts';
import { flag } from '../../../../protocol/scalars.ts';
import { comment, wireRequest } from '../../../../protocol/wire-promotion.ts';
import { wireModelVersion } from '../../../../protocol/wire-registry.ts';
import { defineOperation } from '../../../operation.ts';
import { entering } from '../../../promotion/gate.ts';
import { getKnownRequest, getOpenRequest, validateComment } from '../../../promotion/promotion-reference.ts';
import { noSuchModel } from '../../../registered-models/model-reference.ts';

/** Does what a request asks for, once all demands are met: in one step with the request's end. */
export const promote = defineOperation({
  method: 'POST',
  path: '/tracklet/promotions/requests/:request_id/promote',
  since: '2.0',
  request: message({
    request_id: requiredText('Promotion request'),
    archive_existing_versions: flag(
      'Whether the other versions of the stage are archived; as the request says when absent',
    ),
    comment,
  }),
  handle: async (input, services, facts) => {
    const { store, clock } = services;
    const { request_id: requestId, comment: words } = input;
    validateComment(words);
    const { request, model } = await getOpenRequest(store, requestId);
    const { versionNumber, target } = request;
    const archivesOthers = input.archive_existing_versions ?? request.archivesOthers;
    const now = clock();
    const entrance = { versionNumber, target, archivesOthers, now, comment: words, requestId };
    const announced = { name: model.name, version: String(versionNumber), now };
    const placed = await store.placeVersions(model.name, entering(services, facts, entrance), ({ tags }) =>
      target.kind === 'alias'
        ? aliasChanged({ ...announced, alias: target.alias, isPrompt: isPrompt(tags) })
        : undefined,
    );
    if (!placed) throw noSuchModel(model.name);
    const [view] = await store.readModelVersions([{ model: placed, versionNumbers: [versionNumber] }]);
    if (!view) throw noSuchVersion(model.name, versionNumber);
    const { request: ended } = await getKnownRequest(store, requestId);
    return { request: wireRequest(ended, placed.name), model_version: wireModelVersion(view) };
  },
});
