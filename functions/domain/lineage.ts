import type { LoggedModel, ModelVersionView, RunView } from './entities.ts';

/** A dataset of an experiment. */
export interface LineageDataset {
  readonly experimentId: string;
  readonly name: string;
  readonly digest: string;
}

/** Something that came of something else: dataset, run, logged model, model version, alias, in this order. */
export type LineageNode =
  | { readonly kind: 'dataset'; readonly dataset: LineageDataset }
  | { readonly kind: 'run'; readonly view: RunView }
  | { readonly kind: 'logged_model'; readonly model: LoggedModel }
  | { readonly kind: 'model_version'; readonly view: ModelVersionView }
  | { readonly kind: 'alias'; readonly view: ModelVersionView; readonly alias: string };

/** Which way is looked: `up` to what something came of, `down` to what came of it. */
export type LineageDirection = 'up' | 'down';

/** From what, to what, by their ids. */
export interface LineageEdge {
  readonly from: string;
  readonly to: string;
}

/** What a node is called, one name for each. Parts are encoded: names may hold anything. */
export function lineageIdOf(node: LineageNode): string {
  return [node.kind, ...partsOf(node).map(encodeURIComponent)].join(':');
}

function partsOf(node: LineageNode): readonly string[] {
  switch (node.kind) {
    case 'dataset':
      return [node.dataset.experimentId, node.dataset.name, node.dataset.digest];
    case 'run':
      return [node.view.run.runId];
    case 'logged_model':
      return [node.model.modelId];
    case 'model_version':
      return [node.view.model.name, String(node.view.version.versionNumber)];
    case 'alias':
      return [node.view.model.name, node.alias];
  }
}

export const edgeBetween = (node: LineageNode, other: LineageNode, direction: LineageDirection): LineageEdge => {
  const [from, to] = direction === 'down' ? [node, other] : [other, node];
  return { from: lineageIdOf(from), to: lineageIdOf(to) };
};
