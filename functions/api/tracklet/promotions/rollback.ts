import { MlflowError } from '../../../domain/errors.ts';
import { parseVersionNumber } from '../../../domain/model-version.ts';
import { hasPassed, planRollback } from '../../../domain/promotion/history.ts';
import {
  holdersOf,
  nameOfTarget,
  type PromotionTarget,
  parseTarget,
  withHolders,
} from '../../../domain/promotion/target.ts';
import { isPrompt } from '../../../domain/prompt.ts';
import { validateRegisteredModelName } from '../../../domain/registered-model.ts';
import { aliasChanged } from '../../../domain/webhook-message.ts';
import { message } from '../../../protocol/message.ts';
import { text } from '../../../protocol/scalars.ts';
import { comment, targetFields, wireTarget } from '../../../protocol/wire-promotion.ts';
import type { Decide, Situation } from '../../../store/promotion-store.ts';
import { defineOperation, type RequestFacts, type Services } from '../../operation.ts';
import { checkVersion, refuseUnmet } from '../../promotion/gate.ts';
import { validateComment } from '../../promotion/promotion-reference.ts';
import { modelName, noSuchModel } from '../../registered-models/model-reference.ts';

/** Puts back what held a stage or an alias before its last change; the versions of a stage that take its place are archived. */
export const rollBack = defineOperation({
  method: 'POST',
  path: '/tracklet/promotions/rollback',
  since: '2.0',
  request: message({
    name: modelName,
    ...targetFields,
    version: text('Version that is to hold it again; what held it before the last change when absent'),
    expected_version: text('Version that is thought to hold it; when another does, nothing is done'),
    comment,
  }),
  handle: async (input, services, facts) => {
    const { store, clock } = services;
    const { name } = input;
    const target = parseTarget(input.stage, input.alias);
    validateRegisteredModelName(name);
    validateComment(input.comment);
    const wanted = input.version ? parseVersionNumber(input.version) : undefined;
    const expected = input.expected_version ? parseVersionNumber(input.expected_version) : undefined;
    const now = clock();
    const decide = rollingBack(services, facts, { target, wanted, expected, now, comment: input.comment });
    const placed = await store.placeVersions(name, decide, (model) => {
      const [version] = target.kind === 'alias' ? holdersOf(model, target) : [];
      if (target.kind !== 'alias' || version === undefined) return undefined;
      return aliasChanged({ name, alias: target.alias, version: String(version), isPrompt: isPrompt(model.tags), now });
    });
    if (!placed) throw noSuchModel(name);
    return { name, ...wireTarget(target), versions: holdersOf(placed, target).map(String) };
  },
});

interface Rollback {
  readonly target: PromotionTarget;
  readonly wanted: number | undefined;
  readonly expected: number | undefined;
  readonly now: number;
  readonly comment: string;
}

const rollingBack =
  (services: Services, facts: RequestFacts, { target, wanted, expected, now, comment: words }: Rollback): Decide =>
  async (situation) => {
    const { model } = situation;
    const before = holdersOf(model, target);
    if (expected !== undefined && !before.includes(expected)) {
      throw new MlflowError('RESOURCE_CONFLICT', `Version ${expected} no longer holds ${nameOfTarget(target)}.`);
    }
    const history = await situation.listPromotions();
    const { versionNumbers, undoes } = planRollback({ model, target, history, wanted });
    const coming = versionNumbers.filter((number) => !before.includes(number));
    for (const versionNumber of coming.filter((number) => !hasPassed(history, target, number))) {
      await refuseUnproven(services, facts, situation, { versionNumber, target });
    }
    const record = { kind: 'rollback', by: services.caller?.username, time: now, comment: words, undoes } as const;
    services.noteForAudit?.(
      `rolled ${nameOfTarget(target)} of registered model '${model.name}' back from version ${before.join(', ') || 'none'} ` +
        `to version ${versionNumbers.join(', ')}`,
    );
    return { model: withHolders(model, target, versionNumbers, now), record };
  };

/** A version that never stood behind the gate meets the demands as any other. */
async function refuseUnproven(
  services: Services,
  facts: RequestFacts,
  situation: Situation,
  wanted: { readonly versionNumber: number; readonly target: PromotionTarget },
): Promise<void> {
  const { demands } = await checkVersion(services, situation, wanted);
  refuseUnmet(demands, { name: situation.model.name, ...wanted }, facts);
}
