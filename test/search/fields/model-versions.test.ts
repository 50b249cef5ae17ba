import { describe, expect, it } from 'vitest';
import { refusalOf } from '../expect-refusal.ts';
import { findRegistered } from '../registry-rows.ts';

const find = (filter: string, orders: readonly string[] = ['name', 'version_number']) =>
  findRegistered('modelVersions', filter, orders);

describe('a search for model versions', () => {
  it.each([
    ['', 'C1 a1 a2 a10 b1'],
    ["name = 'a'", 'a1 a2 a10'],
    ["attribute.name IN ('a', 'b')", 'a1 a2 a10 b1'],
    ["run_id = 'r1'", 'a1 b1'],
    ["run_id = ''", 'a2 a10'],
    ["run_id NOT IN ('r1', '')", 'C1'],
    ["run_id LIKE 'no%'", 'C1'],
    ["source_path = 's3://other'", 'b1'],
    ["source_path ILIKE '%MODEL'", 'C1 a1 a2 a10'],
    ['version_number > 1', 'a2 a10'],
    ["version_number = '2'", 'a2'],
    ["version_number = ' 1_0 '", 'a10'],
    ['version_number <= -1', ''],
    ["version_number != 1 AND name = 'a'", 'a2 a10'],
    ["tags.k = '1'", 'a1 b1'],
    ["tags.k != '1'", 'a2'],
    ["tags.k = '1' AND tags.l = 'x'", 'b1'],
    ["tags.`mlflow.prompt.is_prompt` = 'false' AND name = 'b'", 'b1'],
  ])('finds by %j: %s', (filter, found) => {
    expect(find(filter)).toBe(found);
  });

  const keys = "'{'name', 'version_number', 'run_id', 'source_path'}'";
  const onlyLists = "Only ['name', 'run_id'] attributes support comparison with a list of quoted string values.";
  it.each([
    ["aliases = 'x'", `Invalid attribute key 'aliases' specified. Valid keys are ${keys}`],
    ['metrics.m > 1', "Invalid entity type 'metrics'. Valid entity types are ('attribute', 'tag', 'tags')"],
    ['version_number = 1.5', "Invalid value for numeric attribute 'version_number': 1.5"],
    ["version_number = '1.5'", "Invalid value for numeric attribute 'version_number': '1.5'"],
    ['version_number = abc', 'Parameter value is either not quoted or unidentified quote types'],
    ["version_number LIKE '1'", 'Invalid comparator for attribute version_number: LIKE'],
    ['version_number IN (1)', onlyLists],
    ["source_path IN ('x')", onlyLists],
    ['name = 5', 'attributes support comparison with numeric values.'],
    ['tags.k = 1', "Expected a quoted string value for tag (e.g. 'my-value'). Got value 1"],
    ["name > 'a'", 'Invalid comparator for attribute: >'],
  ])('refuses %j: %s', (filter, message) => {
    expect(refusalOf(() => find(filter))).toContain(message);
  });

  it.each([
    [[], 'C1 a2 a10 a1 b1'],
    [['name DESC'], 'b1 a10 a2 a1 C1'],
    [['version_number DESC'], 'a10 a2 C1 a1 b1'],
    [['creation_timestamp'], 'a1 a2 b1 C1 a10'],
    [['last_updated_timestamp'], 'a10 a1 b1 C1 a2'],
    [['attribute.version_number', 'tags.name DESC'], 'b1 a1 C1 a2 a10'],
  ])('orders by %j: %s', (orders, found) => {
    expect(find('', orders)).toBe(found);
  });

  it.each([
    [['run_id'], "Invalid attribute key 'run_id' specified. Valid keys are"],
    [['tags.k'], "Invalid order by key 'k' specified. Valid keys are"],
    [['tag.k'], "Invalid order by key 'k' specified. Valid keys are"],
    [['metrics.m'], "Invalid entity type 'metrics'."],
    [['name', 'name DESC'], '`order_by` contains duplicate fields'],
  ])('refuses to order by %j: %s', (orders, message) => {
    expect(refusalOf(() => find('', orders))).toContain(message);
  });
});
