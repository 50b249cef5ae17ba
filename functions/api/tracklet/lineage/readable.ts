import { type Caller, mayOnExperiment, mayReadModel } from '../../../domain/caller.ts';
import type { LineageNode } from '../../../domain/lineage.ts';
import type { Neighbours } from './neighbours.ts';

/** Leaves out what a caller may not read, and so all that lies behind it; without a caller nothing. */
export function onlyReadable(caller: Caller | undefined, neighbours: Neighbours): Neighbours {
  if (!caller) return neighbours;
  return async (node, direction, limit) =>
    (await neighbours(node, direction, limit)).filter((other) => mayRead(caller, other));
}

function mayRead(caller: Caller, node: LineageNode): boolean {
  switch (node.kind) {
    case 'dataset':
      return mayOnExperiment(caller, 'read', node.dataset.experimentId);
    case 'run':
      return mayOnExperiment(caller, 'read', node.view.run.experimentId, 'run');
    case 'logged_model':
      return mayOnExperiment(caller, 'read', node.model.experimentId, 'logged_model');
    case 'model_version':
    case 'alias':
      return mayReadModel(caller, node.view.model.name, true);
  }
}
