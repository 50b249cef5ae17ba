import { type LineageNode, lineageIdOf } from '../domain/lineage.ts';

/** A node of a lineage as clients see it. */
export function wireLineageNode(node: LineageNode): object {
  return { node_id: lineageIdOf(node), kind: node.kind, ...contentOf(node) };
}

function contentOf(node: LineageNode): object {
  switch (node.kind) {
    case 'dataset': {
      const { experimentId, name, digest } = node.dataset;
      return { experiment_id: experimentId, name, digest };
    }
    case 'run': {
      const { run, stage } = node.view;
      const { runId, runName, experimentId, status } = run;
      return { run_id: runId, run_name: runName, experiment_id: experimentId, status, lifecycle_stage: stage };
    }
    case 'logged_model': {
      const { modelId, name, experimentId, status } = node.model;
      return { model_id: modelId, name, experiment_id: experimentId, status };
    }
    case 'model_version': {
      const { model, version, stage } = node.view;
      return { name: model.name, version: String(version.versionNumber), current_stage: stage };
    }
    case 'alias': {
      const { model, version } = node.view;
      return { name: model.name, alias: node.alias, version: String(version.versionNumber) };
    }
  }
}
