import { compareCodePoints } from '../../domain/code-points.ts';
import type { ModelMetric } from '../../domain/entities.ts';
import { compareInt64 } from '../../domain/int64.ts';
import { pythonRepr } from '../../domain/messages.ts';
import { type EntityTable, type Group, groupsByPrefix, type NamedField, type TextRules } from '../entity-table.ts';
import { integerOf } from '../integer.ts';
import { MODEL_STATUSES } from '../model-status.ts';
import type { OrderTerm } from '../order-by.ts';
import type { LoggedModelRow } from '../row.ts';
import { clip } from '../search-error.ts';
import { splitAtLowerCasePrefix } from '../split-identifier.ts';
import { searchWording, type Wording } from '../wording.ts';
import {
  attribute,
  byAttribute,
  LIST_TEXT_RULES,
  METRIC_RULES,
  NUMBER_RULES,
  orderedAttribute,
} from './field-kinds.ts';

/** READY, LOGGED_MODEL_READY and 2 are the same status; MLflow's own server compares with the number only. */
const statusOf = (text: string): string =>
  MODEL_STATUSES.find((status, at) => [status, status.replace(/^LOGGED_MODEL_/, ''), String(at + 1)].includes(text)) ??
  text;

/** MLflow's column is an integer: `013` is 13. */
const idOf = (text: string): string => (/^\d+$/.test(text) ? String(integerOf(text)) : text);

const STATUS_RULES: TextRules = { ...LIST_TEXT_RULES, normalize: statusOf };
const ID_RULES: TextRules = { ...LIST_TEXT_RULES, normalize: idOf };

/** The attributes of logged models, under all of their names (MLflow: the columns of SqlLoggedModel, and its ALIASES). */
export const loggedModelAttributes: ReadonlyMap<string, NamedField> = new Map<string, NamedField>([
  ...attribute('model_id', LIST_TEXT_RULES, 'text'),
  ...attribute('name', LIST_TEXT_RULES, 'text'),
  ...attribute('model_type', LIST_TEXT_RULES, 'text'),
  ...attribute('source_run_id', LIST_TEXT_RULES, 'text'),
  ...attribute('status', STATUS_RULES, 'modelStatus'),
  ...attribute('status_message', LIST_TEXT_RULES, 'text'),
  ...attribute('experiment_id', ID_RULES, 'id'),
  ...attribute('artifact_location', LIST_TEXT_RULES, 'text'),
  ...attribute('lifecycle_stage', LIST_TEXT_RULES, 'text'),
  ...attribute('creation_timestamp_ms', NUMBER_RULES, 'number', ['creation_timestamp', 'creation_time']),
  ...attribute('last_updated_timestamp_ms', NUMBER_RULES, 'number', ['last_updated_timestamp']),
]);

const attributes: Group = { kind: 'named', word: 'attribute', fields: loggedModelAttributes };

const metrics: Group = { kind: 'keyed', word: 'metric', target: 'metric', rules: METRIC_RULES, sortType: 'number' };
const params: Group = { kind: 'keyed', word: 'parameter', target: 'param', rules: LIST_TEXT_RULES };
const tags: Group = { kind: 'keyed', word: 'tag', target: 'tag', rules: LIST_TEXT_RULES };

const PLURAL: Readonly<Record<string, string>> = {
  attribute: 'attributes',
  metric: 'metrics',
  parameter: 'params',
  tag: 'tags',
};

const EXPECTED_COMPARISONS =
  "Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').";

const invalidFilter = (source: string): string => `Invalid filter string: ${pythonRepr(clip(source))}.`;
const notComparisons = (source: string): string => `${invalidFilter(source)} ${EXPECTED_COMPARISONS}`;
const notSingle = (source: string): string => `${invalidFilter(source)} Expected a single SQL expression.`;

/** MLflow: search_logged_model_utils.py; where it fails with 500, the sentences for runs. */
const wording: Wording = {
  ...searchWording,
  unparsable: notSingle,
  multipleExpressions: notSingle,
  invalidClause: notComparisons,
  notAnIdentifier: notComparisons,
  unknownPrefix: (prefix) =>
    `Invalid entity type: ${pythonRepr(clip(prefix))}. Expected one of ['attributes', 'metrics', 'params', 'tags'].`,
  nullTest: (_field, comparator, identifier) =>
    `Invalid comparison: ${clip(identifier)}${comparator}. Expected a comparison with 3 tokens.`,
  wrongComparator: ({ word, target, comparators }, comparator) =>
    `Invalid comparison operator for ${PLURAL[word]}.${clip(target.key)}: ${pythonRepr(clip(comparator))}. ` +
    `Expected one of (${comparators.map(pythonRepr).join(', ')}).`,
};

/** Later first; of one moment, the higher step, then the lower run id (MLflow: _apply_order_by_search_logged_models). */
const byRecency = (a: ModelMetric, b: ModelMetric): number =>
  compareInt64(b.timestamp, a.timestamp) || compareInt64(b.step, a.step) || compareCodePoints(a.runId, b.runId);

function latestMetric(row: LoggedModelRow, { target, datasetName, datasetDigest }: OrderTerm): number | undefined {
  const points = row
    .metrics()
    .filter(({ key }) => key === target.key)
    .filter((point) => !datasetName || point.datasetName === datasetName)
    .filter((point) => !datasetDigest || point.datasetDigest === datasetDigest);
  return points.toSorted(byRecency).at(0)?.value;
}

/** Logged models (MLflow: search_logged_model_utils.py; sqlalchemy_store.py, search_logged_models). */
export const loggedModels: EntityTable<LoggedModelRow> = {
  split: splitAtLowerCasePrefix,
  groups: groupsByPrefix([
    [['', 'attributes'], attributes],
    [['metrics'], metrics],
    [['params'], params],
    [['tags'], tags],
  ]),
  wording,
  values: 'verbatim',
  one: {
    attribute: (row, key) => row.attribute(key),
    param: (row, key) => row.param(key),
    tag: (row, key) => row.tag(key),
  },
  many: {
    metric: (row, key) =>
      row
        .metrics()
        .filter((metric) => metric.key === key)
        .map((metric) => metric.value),
  },
  order: {
    whenNoneGiven: [],
    tieBreakers: [byAttribute('creation_timestamp_ms', 'number', 'DESC'), byAttribute('model_id', 'text', 'ASC')],
    refusesDuplicates: false,
    read: { attribute: orderedAttribute, metric: latestMetric },
  },
};
