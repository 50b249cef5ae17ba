/** What MLflow 3.17.2 says to filters that it refuses; sets are cut off, as their order is by chance. */
export const LOGGED_MODEL_REFUSALS: readonly (readonly [filter: string, message: string])[] = [
  [' ', "Invalid filter string: ' '. Expected a single SQL expression."],
  [
    "name > 'a'",
    "Invalid comparison operator for attributes.name: '>'. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  [
    "name == 'a'",
    "Invalid comparison operator for attributes.name: '=='. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  [
    "attribute.name = 'alpha'",
    "Invalid entity type: 'attribute'. Expected one of ['attributes', 'metrics', 'params', 'tags'].",
  ],
  ["attr.name = 'alpha'", "Invalid entity type: 'attr'. Expected one of ['attributes', 'metrics', 'params', 'tags']."],
  [
    'status > 1',
    "Invalid comparison operator for attributes.status: '>'. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  [
    "creation_timestamp LIKE '1'",
    "Invalid comparison operator for attributes.creation_timestamp_ms: 'LIKE'. Expected one of ('<', '<=', '>', '>=', '=', '!=').",
  ],
  [
    'creation_timestamp IN (1)',
    "Invalid comparison operator for attributes.creation_timestamp_ms: 'IN'. Expected one of ('<', '<=', '>', '>=', '=', '!=').",
  ],
  ['name IS NULL', 'Invalid comparison: nameIS NULL. Expected a comparison with 3 tokens.'],
  ['params.p IS NULL', 'Invalid comparison: params.pIS NULL. Expected a comparison with 3 tokens.'],
  ['metrics.acc IS NULL', 'Invalid comparison: metrics.accIS NULL. Expected a comparison with 3 tokens.'],
  ['tags.t IS NOT NULL', 'Invalid comparison: tags.tIS NOT NULL. Expected a comparison with 3 tokens.'],
  [
    'metrics.acc > -inf',
    "Invalid filter string: 'metrics.acc > -inf'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "metrics.acc LIKE '1'",
    "Invalid comparison operator for metrics.acc: 'LIKE'. Expected one of ('<', '<=', '>', '>=', '=', '!=').",
  ],
  [
    'metrics.acc IN (1)',
    "Invalid comparison operator for metrics.acc: 'IN'. Expected one of ('<', '<=', '>', '>=', '=', '!=').",
  ],
  [
    'metrics.acc == 1',
    "Invalid comparison operator for metrics.acc: '=='. Expected one of ('<', '<=', '>', '>=', '=', '!=').",
  ],
  ['metric.acc > 0.5', "Invalid entity type: 'metric'. Expected one of ['attributes', 'metrics', 'params', 'tags']."],
  [
    'metrics.acc > +0.1',
    "Invalid filter string: 'metrics.acc > +0.1'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "params.p > '1'",
    "Invalid comparison operator for params.p: '>'. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  ["param.p = '1'", "Invalid entity type: 'param'. Expected one of ['attributes', 'metrics', 'params', 'tags']."],
  ["tag.t = 'x'", "Invalid entity type: 'tag'. Expected one of ['attributes', 'metrics', 'params', 'tags']."],
  [
    "tags.t = 'x' OR params.p = '1'",
    "Invalid filter string: \"tags.t = 'x' OR params.p = '1'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "(tags.t = 'x')",
    "Invalid filter string: \"(tags.t = 'x')\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "tags.t = 'x';",
    "Invalid filter string: \"tags.t = 'x';\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  ["tags.t = 'x'; a = 1", 'Invalid filter string: "tags.t = \'x\'; a = 1". Expected a single SQL expression.'],
  [
    'tags.t',
    "Invalid filter string: 'tags.t'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    'tags.t =',
    "Invalid filter string: 'tags.t ='. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "= 'x'",
    "Invalid filter string: \"= 'x'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "tags.t = 'x",
    "Invalid filter string: \"tags.t = 'x\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    'hello world',
    "Invalid filter string: 'hello world'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "NOT tags.t = 'x'",
    "Invalid filter string: \"NOT tags.t = 'x'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "tags.t NOT LIKE 'x'",
    "Invalid comparison operator for tags.t: 'NOT LIKE'. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  [
    "tags.t = 'x' -- c",
    "Invalid filter string: \"tags.t = 'x' -- c\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "name = 'a' 'b'",
    "Invalid filter string: \"name = 'a' 'b'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "datasets.name = 'x'",
    "Invalid entity type: 'datasets'. Expected one of ['attributes', 'metrics', 'params', 'tags'].",
  ],
  [
    "dataset.name = 'x'",
    "Invalid entity type: 'dataset'. Expected one of ['attributes', 'metrics', 'params', 'tags'].",
  ],
  [
    "name = ''alpha''",
    "Invalid filter string: \"name = ''alpha''\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    'metrics.acc > 0.5 AND foo',
    "Invalid filter string: 'metrics.acc > 0.5 AND foo'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "name RLIKE 'a'",
    "Invalid comparison operator for attributes.name: 'RLIKE'. Expected one of ('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN').",
  ],
  [
    "name = 'alpha' AND 1",
    "Invalid filter string: \"name = 'alpha' AND 1\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    'metrics.acc BETWEEN 0 AND 1',
    "Invalid filter string: 'metrics.acc BETWEEN 0 AND 1'. Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
  [
    "name IN 'alpha'",
    "Invalid filter string: \"name IN 'alpha'\". Expected a list of comparisons separated by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01').",
  ],
];
