import type { EntityTable } from '../entity-table.ts';
import type { Entity, RowOf } from '../row.ts';
import { experiments } from './experiments.ts';
import { loggedModels } from './logged-models.ts';
import { modelVersions } from './model-versions.ts';
import { registeredModels } from './registered-models.ts';
import { runs } from './runs.ts';

/** The table of each entity that can be searched. */
export const ENTITY_TABLES: { readonly [E in Entity]: EntityTable<RowOf[E]> } = {
  experiments,
  runs,
  loggedModels,
  registeredModels,
  modelVersions,
};
