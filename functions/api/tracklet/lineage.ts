import { doesNotExist, invalidParameter } from '../../domain/errors.ts';
import { parseExperimentId } from '../../domain/experiment.ts';
import { DEFAULT_LINEAGE_NODES, MAX_LINEAGE_NODES } from '../../domain/limits.ts';
import type { LineageDirection, LineageNode } from '../../domain/lineage.ts';
import { isLatestAlias } from '../../domain/model-alias.ts';
import { message } from '../../protocol/message.ts';
import { choice, int32, text } from '../../protocol/scalars.ts';
import { wireLineageNode } from '../../protocol/wire-lineage.ts';
import type { Store } from '../../store/store.ts';
import { getLoggedModel } from '../logged-models/model-reference.ts';
import { getModelVersion } from '../model-versions/version-reference.ts';
import { defineOperation } from '../operation.ts';
import { getVersionByAlias } from '../registered-models/alias.ts';
import { createNeighbours } from './lineage/neighbours.ts';
import { onlyReadable } from './lineage/readable.ts';
import { walkLineage } from './lineage/walk.ts';

const request = message({
  run_id: text('Run that is asked about'),
  model_id: text('Logged model that is asked about'),
  name: text('Registered model, with a version or an alias of it'),
  version: text('Version that is asked about'),
  alias: text('Alias that is asked about'),
  experiment_id: text('Experiment of the dataset that is asked about'),
  dataset_name: text('Its name'),
  dataset_digest: text('Its digest'),
  direction: choice(
    { UPSTREAM: 1, DOWNSTREAM: 2, BOTH: 3 },
    'What it came of, what came of it, or both; both when absent',
  ),
  max_depth: int32('Steps away at most, 1 to 4; 4 when absent, which is all the way'),
  max_nodes: int32('Nodes at most, 1 to 1000; 200 when absent'),
});

const DIRECTIONS: Readonly<Record<'UPSTREAM' | 'DOWNSTREAM' | 'BOTH', readonly LineageDirection[]>> = {
  UPSTREAM: ['up'],
  DOWNSTREAM: ['down'],
  BOTH: ['up', 'down'],
};

/** Dataset, run, logged model, version, alias. */
const LONGEST_WAY = 4;

/** What a thing came of and what came of it: dataset, run, logged model, model version, alias. Tracklet's own. */
export const getLineage = defineOperation({
  method: 'GET',
  path: '/tracklet/lineage',
  since: '2.0',
  request,
  handle: async (input, { store, caller }) => {
    const { direction = 'BOTH' } = input;
    const maxDepth = within('max_depth', input.max_depth ?? LONGEST_WAY, LONGEST_WAY);
    const maxNodes = within('max_nodes', input.max_nodes ?? DEFAULT_LINEAGE_NODES, MAX_LINEAGE_NODES);
    const start = await startOf(input, store);
    const directions = DIRECTIONS[direction];
    const neighbours = onlyReadable(caller, createNeighbours(store));
    const { nodes, edges, isTruncated } = await walkLineage({ start, directions, maxDepth, maxNodes, neighbours });
    return { nodes: nodes.map(wireLineageNode), edges, is_truncated: isTruncated };
  },
});

function within(name: string, value: number, most: number): number {
  if (value >= 1 && value <= most) return value;
  throw invalidParameter(`${name} must be between 1 and ${most}. Received ${value}.`);
}

/** The fields that say what is asked about; '' is none. */
type Asked = Readonly<
  Partial<
    Record<
      'run_id' | 'model_id' | 'name' | 'version' | 'alias' | 'experiment_id' | 'dataset_name' | 'dataset_digest',
      string | undefined
    >
  >
>;

async function startOf(asked: Asked, store: Store): Promise<LineageNode> {
  const { run_id: runId, model_id: modelId, name, version, alias } = asked;
  const { experiment_id: experimentId, dataset_name: dataset, dataset_digest: digest } = asked;
  const kinds = [runId, modelId, name && version, name && alias, experimentId && dataset && digest];
  if (kinds.filter(Boolean).length !== 1) {
    throw invalidParameter(
      'Ask about one thing: a run_id, a model_id, a name with a version, a name with an alias, or an experiment_id with a ' +
        'dataset_name and a dataset_digest.',
    );
  }
  if (runId) return { kind: 'run', view: await store.getRun(runId) };
  if (modelId) return { kind: 'logged_model', model: (await getLoggedModel(store, modelId)).model };
  if (name && version) return { kind: 'model_version', view: await getModelVersion(store, { name, version }) };
  if (name && alias) return aliasStart(store, name, alias);
  return findDataset(store, { experimentId: experimentId ?? '', name: dataset ?? '', digest: digest ?? '' });
}

/** `latest` is no alias that is kept: it stands for its version. */
async function aliasStart(store: Store, name: string, alias: string): Promise<LineageNode> {
  const view = await getVersionByAlias(store, name, alias);
  return isLatestAlias(alias) ? { kind: 'model_version', view } : { kind: 'alias', view, alias };
}

async function findDataset(
  store: Store,
  { experimentId, name, digest }: Extract<LineageNode, { kind: 'dataset' }>['dataset'],
): Promise<LineageNode> {
  const id = String(parseExperimentId(experimentId));
  const [dataset] = await store.getDatasets(id, [{ name, digest }]);
  if (!dataset) {
    throw doesNotExist(`Dataset with name=${name} and digest=${digest} not found in experiment ${id}.`);
  }
  return { kind: 'dataset', dataset: { experimentId: id, name, digest } };
}
