import { canonicalStage, checkArchives } from '../../domain/model-stage.ts';
import { noSuchVersion, withTransition } from '../../domain/model-version.ts';
import { findGatedStage } from '../../domain/promotion/target.ts';
import { stageOfVersion } from '../../domain/version-stages.ts';
import { requiredText } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { flag } from '../../protocol/scalars.ts';
import { wireModelVersion } from '../../protocol/wire-registry.ts';
import type { Decide } from '../../store/promotion-store.ts';
import { defineOperation } from '../operation.ts';
import { entering } from '../promotion/gate.ts';
import { modelName } from '../registered-models/model-reference.ts';
import { versionNamed, versionNumber } from './version-reference.ts';

const request = message({
  name: modelName,
  version: versionNumber,
  stage: requiredText('None, Staging, Production or Archived, in any case'),
  archive_existing_versions: flag('Whether the other versions of the stage are archived'),
});

export const transitionStage = defineOperation({
  method: 'POST',
  path: '/mlflow/model-versions/transition-stage',
  since: '2.0',
  request,
  handle: async (input, services, facts) => {
    const { store, clock, caller } = services;
    const stage = canonicalStage(input.stage);
    const archivesOthers = input.archive_existing_versions ?? false;
    if (archivesOthers) checkArchives(input.stage);
    const { name, versionNumber: number } = versionNamed(input);
    const now = clock();
    const gated = findGatedStage(stage);
    const leaving: Decide = async ({ model: current }) => {
      if (stageOfVersion(current.stages, number) === undefined) throw noSuchVersion(name, number);
      const next = withTransition(current, { versionNumber: number, stage, archivesOthers, now });
      return {
        model: next,
        record: { kind: 'direct', by: caller?.username, time: now, comment: '', undoes: undefined },
      };
    };
    const target = gated && ({ kind: 'stage', stage: gated } as const);
    const entrance = { versionNumber: number, archivesOthers, now, comment: '' };
    const decide = target ? entering(services, facts, { ...entrance, target }) : leaving;
    const model = await store.placeVersions(name, decide);
    const [view] = model ? await store.readModelVersions([{ model, versionNumbers: [number] }]) : [];
    if (!view) throw noSuchVersion(name, number);
    return { model_version: wireModelVersion(view) };
  },
});
