import type { LoggedModel, LoggedModelView, ModelMetric } from '../../domain/entities.ts';
import { doesNotExist } from '../../domain/errors.ts';
import type { Store } from '../store.ts';
import { loggedModelCodec } from './codecs/logged-model-codec.ts';
import { decodeModelMetrics, encodeModelMetrics } from './codecs/model-metrics.ts';
import { createDocuments, type DocumentPlatform } from './documents.ts';
import {
  homeOfModel,
  modelDocumentKey,
  modelIdFor,
  modelMetricKey,
  modelPrefix,
  modelsPrefixes,
  parseModelSortKey,
} from './keys.ts';
import { type Item, keyItem, keyOf } from './table.ts';

type LoggedModelVerbs = Pick<
  Store,
  | 'newModelId'
  | 'createLoggedModel'
  | 'findLoggedModel'
  | 'listLoggedModels'
  | 'updateLoggedModel'
  | 'appendModelMetrics'
>;

/** An item holds 400 KB, its keys included. */
const MAX_BLOCK_BYTES = 350_000;

interface IdSources {
  readonly randomHex: (digits: number) => string;
  readonly newSortableId: () => string;
}

/** Logged models: a document each, and beside it the metrics logged for it, one appended item per log call. */
export function createLoggedModelVerbs(platform: DocumentPlatform, ids: IdSources): LoggedModelVerbs {
  const { table } = platform;
  const documents = createDocuments(loggedModelCodec, platform);

  const viewsOf = async (items: readonly Item[]): Promise<readonly LoggedModelView[]> => {
    const isMetrics = (item: Item) => parseModelSortKey(keyOf(item).sk).kind === 'metrics';
    const metricsOf = groupMetrics(items.filter(isMetrics));
    const models = await documents.assemble(items.filter((item) => !isMetrics(item)));
    return models
      .filter(({ removal }) => !removal)
      .map((model) => ({ model, metrics: metricsOf.get(model.modelId) ?? [] }));
  };

  const appendModelMetrics = async (modelId: string, metrics: readonly ModelMetric[]): Promise<void> => {
    const bytes = encodeModelMetrics(metrics);
    if (bytes.length > MAX_BLOCK_BYTES && metrics.length > 1) {
      const half = Math.ceil(metrics.length / 2);
      await appendModelMetrics(modelId, metrics.slice(0, half));
      return appendModelMetrics(modelId, metrics.slice(half));
    }
    const key = modelMetricKey(homeOrThrow(modelId), modelId, ids.newSortableId());
    return table.put({ ...keyItem(key), b: { B: bytes } });
  };

  return {
    newModelId: (experimentId) => modelIdFor(experimentId, ids.randomHex(20)),
    createLoggedModel: (model) => documents.create(modelDocumentKey(homeOrThrow(model.modelId), model.modelId), model),
    findLoggedModel: async (modelId) => {
      const home = homeOfModel(modelId);
      if (!home) return undefined;
      const [view] = await viewsOf(await table.query(modelPrefix(home, modelId)));
      return view;
    },
    listLoggedModels: async (experimentId) => {
      const pages = await Promise.all(modelsPrefixes(experimentId).map((prefix) => table.query(prefix)));
      return viewsOf(pages.flat());
    },
    updateLoggedModel: async (modelId, change): Promise<LoggedModel> => {
      const outcome = await documents.update(modelDocumentKey(homeOrThrow(modelId), modelId), (model) => {
        if (model.removal) throw noModel(modelId);
        return change(model);
      });
      if (!outcome || outcome === 'taken') throw noModel(modelId);
      return outcome;
    },
    appendModelMetrics,
  };
}

function groupMetrics(items: readonly Item[]): ReadonlyMap<string, readonly ModelMetric[]> {
  const groups = new Map<string, Map<string, ModelMetric>>();
  for (const item of items) {
    const { modelId } = parseModelSortKey(keyOf(item).sk);
    const group = groups.get(modelId) ?? new Map<string, ModelMetric>();
    groups.set(modelId, group);
    for (const metric of item.b?.B ? decodeModelMetrics(item.b.B) : []) {
      const identity = identityOf(metric);
      if (!group.has(identity)) group.set(identity, metric);
    }
  }
  return new Map([...groups].map(([modelId, group]) => [modelId, [...group.values()]]));
}

/** One value per name, time, step and run, the first that came (MLflow: logged_model_metrics' primary key). */
const identityOf = ({ key, timestamp, step, runId }: ModelMetric): string =>
  JSON.stringify([key, String(timestamp), String(step), runId]);

function homeOrThrow(modelId: string) {
  const home = homeOfModel(modelId);
  if (!home) throw noModel(modelId);
  return home;
}

const noModel = (modelId: string) => doesNotExist(`Logged model with ID '${modelId}' not found.`);
