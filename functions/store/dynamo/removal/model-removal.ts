import type { Experiment, LoggedModel } from '../../../domain/entities.ts';
import type { Begun, Removals } from '../../removals.ts';
import { loggedModelCodec } from '../codecs/logged-model-codec.ts';
import { createDocuments, type DocumentPlatform, type Documents } from '../documents.ts';
import {
  experimentKey,
  homeOfModel,
  modelDocumentKey,
  modelPrefix,
  modelsPrefixes,
  parseModelSortKey,
} from '../keys.ts';
import { checkMark } from '../marks.ts';
import { keyOf } from '../table.ts';

type ModelRemovals = Pick<Removals, 'listBegunModels' | 'findBegunModel' | 'beginModel' | 'removeModel'>;

/**
 * Removal of logged models: the mark is a change of their document, in a transaction that checks the mark of the
 * experiment, with which the model may be removed.
 */
export function createModelRemoval(
  platform: DocumentPlatform,
  experiments: Pick<Documents<Experiment>, 'find'>,
): ModelRemovals {
  const { table, retry } = platform;
  const documents = createDocuments(loggedModelCodec, platform);

  const find = async (modelId: string): Promise<LoggedModel | undefined> => {
    const home = homeOfModel(modelId);
    return home && documents.find(modelDocumentKey(home, modelId));
  };

  return {
    listBegunModels: async (experimentId) => {
      const pages = await Promise.all(modelsPrefixes(experimentId).map((prefix) => table.query(prefix)));
      const ofDocuments = pages.flat().filter((item) => parseModelSortKey(keyOf(item).sk).kind === 'doc');
      const models = await documents.assemble(ofDocuments);
      const begun = models.filter(({ removal }) => removal).map(begunOf);
      return begun.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    },
    findBegunModel: async (modelId) => {
      const model = await find(modelId);
      return model?.removal && begunOf(model);
    },
    beginModel: async (modelId, mayRemove) => {
      const home = homeOfModel(modelId);
      if (!home) return false;
      const ofExperiment = experimentKey(home.experimentId);
      return retry(async () => {
        const experiment = await experiments.find(ofExperiment);
        if (!experiment) return { done: false };
        const model = await documents.update(
          modelDocumentKey(home, modelId),
          (current) => (current.removal || !mayRemove(current, experiment) ? current : markOfRemoval(current)),
          () => [checkMark(table.name, ofExperiment, experiment)],
        );
        return model === 'taken' ? 'again' : { done: model?.removal !== undefined };
      });
    },
    removeModel: async (modelId) => {
      const home = homeOfModel(modelId);
      if (!home || !(await find(modelId))?.removal) return;
      const mark = modelDocumentKey(home, modelId);
      const keys = (await table.query(modelPrefix(home, modelId))).map(keyOf);
      await table.writeMany(
        [],
        keys.filter(({ sk }) => sk !== mark.sk),
      );
      await table.writeMany([], [mark]);
    },
  };
}

const begunOf = ({ modelId, artifactUri }: LoggedModel): Begun => ({ id: modelId, artifactUri });

const markOfRemoval = (model: LoggedModel): LoggedModel => ({
  ...model,
  params: new Map(),
  tags: new Map(),
  removal: 'begun',
});
