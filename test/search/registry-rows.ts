import { compileFilter } from '../../functions/search/compile-filter.ts';
import { parseFilter } from '../../functions/search/parse-filter.ts';
import { parseOrderBy } from '../../functions/search/parse-order-by.ts';
import { takePromptClauses } from '../../functions/search/prompt-clauses.ts';
import type { RegistryRow } from '../../functions/search/row.ts';
import { compareSortKeys, compileSortKey } from '../../functions/search/sort-key.ts';
import { experimentRow } from './rows.ts';

type RegistryEntity = 'registeredModels' | 'modelVersions';

interface ModelSpec {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

const MODELS: readonly ModelSpec[] = [
  { name: 'beta', tags: { team: 'x', size: '2' } },
  { name: 'alpha', tags: { team: 'x' } },
  { name: 'b_c', tags: { team: 'y', size: '2' } },
  { name: 'Gamma', tags: { team: 'X' } },
  { name: 'é', tags: {} },
];

/** Five registered models, labelled by their names; later ones were changed earlier. */
const REGISTERED_MODELS: readonly RegistryRow[] = MODELS.map(({ name, tags }, at) =>
  experimentRow({ attributes: { name, last_updated_timestamp: 100 - at }, tags }),
);

interface VersionSpec extends ModelSpec {
  readonly version_number: number;
  readonly run_id: string;
  readonly source_path?: string;
}

const VERSIONS: readonly VersionSpec[] = [
  { name: 'a', version_number: 1, run_id: 'r1', tags: { k: '1' } },
  { name: 'a', version_number: 2, run_id: '', tags: { k: 'A', l: 'x' } },
  { name: 'b', version_number: 1, run_id: 'r1', source_path: 's3://other', tags: { k: '1', l: 'x' } },
  { name: 'C', version_number: 1, run_id: 'no run', tags: {} },
  { name: 'a', version_number: 10, run_id: '', tags: {} },
];

/** Five versions of three models. */
const MODEL_VERSIONS: readonly RegistryRow[] = VERSIONS.map(({ tags, source_path = 's3://model', ...rest }, at) =>
  experimentRow({
    attributes: { source_path, creation_timestamp: at, last_updated_timestamp: at % 2, ...rest },
    tags,
  }),
);

const labelOf = (row: RegistryRow): string =>
  [row.attribute('name'), row.attribute('version_number')].filter((part) => part !== undefined).join('');

/** The labels of the rows that a search finds, in its order. */
export function findRegistered(entity: RegistryEntity, text: string, orders: readonly string[] = []): string {
  const rows = entity === 'registeredModels' ? REGISTERED_MODELS : MODEL_VERSIONS;
  const { filter } = takePromptClauses(parseFilter(entity, text));
  const orderBy = parseOrderBy(entity, orders);
  const keyOf = compileSortKey(orderBy);
  return rows
    .filter(compileFilter(filter))
    .toSorted((a, b) => compareSortKeys(orderBy, keyOf(a), keyOf(b)))
    .map(labelOf)
    .join(' ');
}
