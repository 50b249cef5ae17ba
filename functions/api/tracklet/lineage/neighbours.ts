import type { ModelVersionView, RunView } from '../../../domain/entities.ts';
import { MlflowError } from '../../../domain/errors.ts';
import type { LineageDataset, LineageDirection, LineageNode } from '../../../domain/lineage.ts';
import { aliasesOf } from '../../../domain/model-version.ts';
import type { Filter } from '../../../search/filter.ts';
import { parseOrderBy } from '../../../search/parse-order-by.ts';
import type { Store } from '../../../store/store.ts';

/** The nodes next to one; more than `limit` are not looked for. */
export type Neighbours = (
  node: LineageNode,
  direction: LineageDirection,
  limit: number,
) => Promise<readonly LineageNode[]>;

/** Neighbours as the store knows them; made for one request, for which it reads each experiment's logged models once. */
export function createNeighbours(store: Store): Neighbours {
  const lists = new Map<string, ReturnType<Store['listLoggedModels']>>();
  const modelsIn = (experimentId: string) => {
    const list = lists.get(experimentId) ?? store.listLoggedModels(experimentId);
    lists.set(experimentId, list);
    return list;
  };

  /** The logged models whose source a run is, wherever they are. */
  const modelsOf = async ({ run }: RunView): Promise<readonly LineageNode[]> => {
    const outputs = await Promise.all(run.modelOutputs.map(({ modelId }) => store.findLoggedModel(modelId)));
    const found = [...(await modelsIn(run.experimentId)), ...outputs.filter((view) => view !== undefined)];
    const byId = new Map(found.map(({ model }) => [model.modelId, model]));
    return [...byId.values()]
      .filter(({ sourceRunId, isDeleted }) => sourceRunId === run.runId && !isDeleted)
      .map((model) => ({ kind: 'logged_model', model }));
  };

  const findRun = async (runId: string): Promise<readonly LineageNode[]> => {
    try {
      return runId === '' ? [] : [{ kind: 'run', view: await store.getRun(runId) }];
    } catch (error) {
      // A client may name any run, and garbage collection may have removed it.
      if (error instanceof MlflowError && error.code === 'RESOURCE_DOES_NOT_EXIST') return [];
      throw error;
    }
  };

  const findModel = async (modelId: string): Promise<readonly LineageNode[]> => {
    const view = await store.findLoggedModel(modelId);
    return view && !view.model.isDeleted ? [{ kind: 'logged_model', model: view.model }] : [];
  };

  const runsOn = async (dataset: LineageDataset, limit: number): Promise<readonly LineageNode[]> => {
    const found = await store.searchRuns({
      experimentIds: [dataset.experimentId],
      view: 'ALL',
      filter: usesOf(dataset),
      orderBy: parseOrderBy('runs', []),
      limit,
    });
    const views = await found.read(found.sortKeys.map((_, place) => place));
    return views.filter(({ run }) => isUsed(run.datasets, dataset)).map((view) => ({ kind: 'run', view }));
  };

  const below = async (node: LineageNode, limit: number): Promise<readonly LineageNode[]> => {
    switch (node.kind) {
      case 'dataset':
        return runsOn(node.dataset, limit);
      case 'run': {
        const versions = await store.listVersionsOfRun(node.view.run.runId);
        const direct = versions.filter(({ version }) => version.loggedModelId === undefined);
        return [...(await modelsOf(node.view)), ...direct.map(versionNode)];
      }
      case 'logged_model':
        return (await store.listVersionsOfLoggedModel(node.model.modelId)).map(versionNode);
      case 'model_version':
        return aliasesOf(node.view).map((alias) => ({ kind: 'alias', view: node.view, alias }));
      case 'alias':
        return [];
    }
  };

  const above = async (node: LineageNode): Promise<readonly LineageNode[]> => {
    switch (node.kind) {
      case 'dataset':
        return [];
      case 'run': {
        const { experimentId, datasets } = node.view.run;
        return datasets.map(({ name, digest }) => ({ kind: 'dataset', dataset: { experimentId, name, digest } }));
      }
      case 'logged_model':
        return findRun(node.model.sourceRunId);
      case 'model_version': {
        const { loggedModelId, runId } = node.view.version;
        return loggedModelId === undefined ? findRun(runId) : findModel(loggedModelId);
      }
      case 'alias':
        return [versionNode(node.view)];
    }
  };

  return (node, direction, limit) => (direction === 'down' ? below(node, limit) : above(node));
}

const versionNode = (view: ModelVersionView): LineageNode => ({ kind: 'model_version', view });

/** Each clause may be met by another dataset of the run: what is found is looked at again. */
const usesOf = ({ name, digest }: LineageDataset): Filter<'runs'> => ({
  entity: 'runs',
  conditions: [
    { kind: 'text', target: { kind: 'dataset', key: 'name' }, comparator: '=', value: name },
    { kind: 'text', target: { kind: 'dataset', key: 'digest' }, comparator: '=', value: digest },
  ],
});

const isUsed = (links: readonly Pick<LineageDataset, 'name' | 'digest'>[], { name, digest }: LineageDataset): boolean =>
  links.some((link) => link.name === name && link.digest === digest);
