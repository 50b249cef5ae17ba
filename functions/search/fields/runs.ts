import { type EntityTable, type Group, groupsByPrefix, type NamedField } from '../entity-table.ts';
import type { DatasetInput, RunRow } from '../row.ts';
import { splitAtFirstDot } from '../split-identifier.ts';
import { searchWording } from '../wording.ts';
import {
  attribute,
  byAttribute,
  LIST_TEXT_RULES,
  LISTLESS_TEXT_RULES,
  METRIC_RULES,
  NUMBER_RULES,
  OPTIONAL_TEXT_RULES,
  orderedAttribute,
} from './field-kinds.ts';

// A filter's run_name is the tag, which may be gone while the attribute stays (MLflow: _get_sqlalchemy_filter_clauses).
const RUN_NAME: NamedField = { rules: LISTLESS_TEXT_RULES, target: { kind: 'tag', key: 'mlflow.runName' } };

const attributes: Group = {
  kind: 'named',
  word: 'attribute',
  fields: new Map<string, NamedField>([
    ...attribute('run_id', LIST_TEXT_RULES, 'text'),
    ['run_name', { ...RUN_NAME, order: { target: { kind: 'attribute', key: 'run_name' }, type: 'text' } }],
    ...attribute('user_id', LISTLESS_TEXT_RULES, 'text'),
    ...attribute('status', LISTLESS_TEXT_RULES, 'text'),
    ...attribute('artifact_uri', LISTLESS_TEXT_RULES, 'text'),
    ...attribute('start_time', NUMBER_RULES, 'number', ['created', 'Created']),
    ...attribute('end_time', NUMBER_RULES, 'number'),
    ['run name', RUN_NAME],
    ['Run name', RUN_NAME],
    ['Run Name', RUN_NAME],
  ]),
};

const metrics: Group = { kind: 'keyed', word: 'metric', target: 'metric', rules: METRIC_RULES, sortType: 'number' };
const params: Group = {
  kind: 'keyed',
  word: 'parameter',
  target: 'param',
  rules: OPTIONAL_TEXT_RULES,
  sortType: 'text',
};
const tags: Group = { kind: 'keyed', word: 'tag', target: 'tag', rules: OPTIONAL_TEXT_RULES, sortType: 'text' };

const datasetPart = (key: string): readonly [string, NamedField] => [
  key,
  { rules: LIST_TEXT_RULES, target: { kind: 'dataset', key } },
];

const datasets: Group = {
  kind: 'named',
  word: 'dataset',
  fields: new Map(['name', 'digest', 'context'].map(datasetPart)),
};

function partOf({ name, digest, context }: DatasetInput, key: string): string | undefined {
  if (key === 'name') return name;
  return key === 'digest' ? digest : context;
}

/** Runs (MLflow: SearchUtils; sqlalchemy_store.py, _get_sqlalchemy_filter_clauses and _get_orderby_clauses). */
export const runs: EntityTable<RunRow> = {
  split: splitAtFirstDot,
  groups: groupsByPrefix([
    [['', 'attribute', 'attributes', 'attr', 'run'], attributes],
    [['metric', 'metrics'], metrics],
    [['parameter', 'parameters', 'param', 'params'], params],
    [['tag', 'tags'], tags],
    [['dataset', 'datasets'], datasets],
  ]),
  wording: searchWording,
  values: 'quoted',
  one: {
    attribute: (row, key) => row.attribute(key),
    metric: (row, key) => row.metric(key),
    param: (row, key) => row.param(key),
    tag: (row, key) => row.tag(key),
  },
  many: { dataset: (row, key) => row.datasets().map((dataset) => partOf(dataset, key)) },
  order: {
    whenNoneGiven: [],
    tieBreakers: [byAttribute('start_time', 'number', 'DESC'), byAttribute('run_id', 'text', 'ASC')],
    refusesDuplicates: true,
    read: {
      attribute: orderedAttribute,
      metric: (row, { target }) => row.metric(target.key),
      param: (row, { target }) => row.param(target.key),
      tag: (row, { target }) => row.tag(target.key),
    },
  },
};
