/** How MLflow 3.17.2 on SQLite orders the fixture's rows. */
export const EXPERIMENT_ORDERS: readonly (readonly [items: readonly string[], found: string])[] = [
  [['name'], '14 7 3 0 2 8 1 10 9 15 13 4 5 6 11 12'],
  [['name ASC'], '14 7 3 0 2 8 1 10 9 15 13 4 5 6 11 12'],
  [['name DESC'], '12 11 6 5 4 13 15 9 10 1 8 2 0 3 7 14'],
  [['experiment_id'], '0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15'],
  [['experiment_id ASC'], '0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15'],
  [['experiment_id DESC'], '15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0'],
  [['creation_time'], '0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15'],
  [['creation_time ASC'], '0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15'],
  [['last_update_time DESC'], '15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0'],
  [['attribute.name'], '14 7 3 0 2 8 1 10 9 15 13 4 5 6 11 12'],
  [['`name`'], '14 7 3 0 2 8 1 10 9 15 13 4 5 6 11 12'],
  [['"name" desc'], '12 11 6 5 4 13 15 9 10 1 8 2 0 3 7 14'],
  [['name', 'name'], '14 7 3 0 2 8 1 10 9 15 13 4 5 6 11 12'],
  [['name ASC', 'name DESC'], '14 7 3 0 2 8 1 10 9 15 13 4 5 6 11 12'],
  [['name', 'experiment_id ASC'], '14 7 3 0 2 8 1 10 9 15 13 4 5 6 11 12'],
  [['creation_time', 'creation_time'], '0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15'],
  [['experiment_id DESC', 'name'], '15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0'],
  [[], '15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0'],
];

/** What MLflow 3.17.2 says to order_by items that it refuses; sets are cut off. */
export const EXPERIMENT_ORDER_REFUSALS: readonly (readonly [items: readonly string[], message: string])[] = [
  [['Name'], "Invalid attribute key 'Name' specified. Valid keys are '{"],
  [['tags.k'], 'Invalid order_by entity: tag'],
  [['tag.k DESC'], 'Invalid order_by entity: tag'],
  [['attributes.name'], "Invalid entity type 'attributes'. Valid entity types are ('attribute', 'tag', 'tags')"],
  [['foo'], "Invalid attribute key 'foo' specified. Valid keys are '{"],
  [['metrics.m'], "Invalid entity type 'metrics'. Valid entity types are ('attribute', 'tag', 'tags')"],
  [[''], "Invalid order_by clause ''. Could not be parsed."],
  [['name FOO'], "Invalid ordering key in order_by clause 'name FOO'."],
  [['name,experiment_id'], "Invalid order_by clause 'name,experiment_id'. Could not be parsed."],
  [['lifecycle_stage'], "Invalid attribute key 'lifecycle_stage' specified. Valid keys are '{"],
  [['name, experiment_id'], "Invalid order_by clause 'name, experiment_id'. Could not be parsed."],
  [['artifact_location'], "Invalid attribute key 'artifact_location' specified. Valid keys are '{"],
];
