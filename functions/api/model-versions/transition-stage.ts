import { canonicalStage, checkArchives } from '../../domain/model-stage.ts';
import { noSuchVersion, withTransition } from '../../domain/model-version.ts';
import { stageOfVersion } from '../../domain/version-stages.ts';
import { requiredText } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { flag } from '../../protocol/scalars.ts';
import { wireModelVersion } from '../../protocol/wire-registry.ts';
import { defineOperation } from '../operation.ts';
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
  handle: async (input, { store, clock }) => {
    const stage = canonicalStage(input.stage);
    const archivesOthers = input.archive_existing_versions ?? false;
    if (archivesOthers) checkArchives(input.stage);
    const { name, versionNumber: number } = versionNamed(input);
    const now = clock();
    const model = await store.updateRegisteredModel(name, (current) => {
      if (stageOfVersion(current.stages, number) === undefined) throw noSuchVersion(name, number);
      return withTransition(current, { versionNumber: number, stage, archivesOthers, now });
    });
    const [view] = model ? await store.readModelVersions([{ model, versionNumbers: [number] }]) : [];
    if (!view) throw noSuchVersion(name, number);
    return { model_version: wireModelVersion(view) };
  },
});
