import type { ModelVersionView, RegisteredModel } from '../domain/entities.ts';
import { aliasesOf, lastUpdateOf, sortedAliases } from '../domain/model-version.ts';
import { orOmit, wireEntries } from './entities.ts';

/** A version where MLflow leaves its aliases out: in searches, and among the latest of its model. */
export function wireFoundVersion(view: ModelVersionView) {
  const { model, version, stage } = view;
  return {
    name: model.name,
    version: String(version.versionNumber),
    creation_timestamp: version.creationTime,
    last_updated_timestamp: lastUpdateOf(view),
    current_stage: stage,
    description: version.description,
    source: version.source,
    run_id: version.runId,
    status: 'READY',
    tags: wireEntries(version.tags),
    run_link: version.runLink,
  };
}

/** A version that was asked for by itself. */
export const wireModelVersion = (view: ModelVersionView) => ({
  ...wireFoundVersion(view),
  aliases: orOmit(aliasesOf(view)),
});

/** A registered model with the highest version of each stage; an empty description is omitted (MLflow: RegisteredModel.to_proto). */
export const wireRegisteredModel = (model: RegisteredModel, latest: readonly ModelVersionView[]) => ({
  name: model.name,
  creation_timestamp: model.creationTime,
  last_updated_timestamp: model.lastUpdateTime,
  description: model.description || undefined,
  latest_versions: orOmit(latest.map(wireFoundVersion)),
  tags: wireEntries(model.tags),
  aliases: orOmit(sortedAliases(model).map(([alias, versionNumber]) => ({ alias, version: String(versionNumber) }))),
});
