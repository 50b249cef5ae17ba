import type { DatasetFilter } from '../../../functions/search/compile-filter.ts';

/** What MLflow 3.17.2 on SQLite finds on given datasets. */
export const LOGGED_MODEL_DATASETS: readonly (readonly [
  datasets: readonly DatasetFilter[],
  filter: string,
  found: string,
])[] = [
  [[{ dataset_name: 'ds', dataset_digest: 'g1' }], '', 'c b a'],
  [[{ dataset_name: 'ds', dataset_digest: 'g1' }], 'metrics.acc > 0.5', 'c a'],
  [[{ dataset_name: 'ds', dataset_digest: 'g1' }], 'metrics.acc < 0.25', 'b'],
  [[{ dataset_name: 'ds', dataset_digest: 'g1' }], "name = 'alpha'", 'c a'],
  [[{ dataset_name: 'ds', dataset_digest: 'g1' }], 'metrics.loss > 0', ''],
  [
    [
      { dataset_name: 'ds', dataset_digest: 'g1' },
      { dataset_name: 'other', dataset_digest: 'h' },
    ],
    '',
    'c b a',
  ],
  [
    [
      { dataset_name: 'ds', dataset_digest: 'g1' },
      { dataset_name: 'other', dataset_digest: 'h' },
    ],
    'metrics.acc > 0.5',
    'c a',
  ],
  [
    [
      { dataset_name: 'ds', dataset_digest: 'g1' },
      { dataset_name: 'other', dataset_digest: 'h' },
    ],
    'metrics.acc < 0.25',
    'c b',
  ],
  [
    [
      { dataset_name: 'ds', dataset_digest: 'g1' },
      { dataset_name: 'other', dataset_digest: 'h' },
    ],
    "name = 'alpha'",
    'c a',
  ],
  [
    [
      { dataset_name: 'ds', dataset_digest: 'g1' },
      { dataset_name: 'other', dataset_digest: 'h' },
    ],
    'metrics.loss > 0',
    '',
  ],
  [[{ dataset_name: 'other', dataset_digest: 'h' }], '', 'c a'],
  [[{ dataset_name: 'other', dataset_digest: 'h' }], 'metrics.acc > 0.5', ''],
  [[{ dataset_name: 'other', dataset_digest: 'h' }], 'metrics.acc < 0.25', 'c'],
  [[{ dataset_name: 'other', dataset_digest: 'h' }], "name = 'alpha'", 'c a'],
  [[{ dataset_name: 'other', dataset_digest: 'h' }], 'metrics.loss > 0', ''],
  [[{ dataset_name: 'nope', dataset_digest: 'x' }], '', ''],
  [[{ dataset_name: 'nope', dataset_digest: 'x' }], 'metrics.acc > 0.5', ''],
  [[{ dataset_name: 'nope', dataset_digest: 'x' }], 'metrics.acc < 0.25', ''],
  [[{ dataset_name: 'nope', dataset_digest: 'x' }], "name = 'alpha'", ''],
  [[{ dataset_name: 'nope', dataset_digest: 'x' }], 'metrics.loss > 0', ''],
];
