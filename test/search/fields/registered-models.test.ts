import { describe, expect, it } from 'vitest';
import { refusalOf } from '../expect-refusal.ts';
import { findRegistered } from '../registry-rows.ts';

const find = (filter: string, orders?: readonly string[]) => findRegistered('registeredModels', filter, orders);

describe('a search for registered models', () => {
  it.each([
    ['', 'Gamma alpha b_c beta é'],
    ["name = 'alpha'", 'alpha'],
    ["name != 'alpha'", 'Gamma b_c beta é'],
    ["name LIKE 'b%'", 'b_c beta'],
    ["name ILIKE 'g%'", 'Gamma'],
    ["name LIKE 'g%'", ''],
    ["name IN ('alpha', 'é')", 'alpha é'],
    ["name NOT IN ('alpha', 'é')", 'Gamma b_c beta'],
    ["attribute.name = 'alpha'", 'alpha'],
    ["tags.team = 'x'", 'alpha beta'],
    ["tag.team != 'x'", 'Gamma b_c'],
    ["tags.`team` ILIKE 'X' AND tags.\"size\" = '2'", 'beta'],
    ["tags.team = 'x' AND tags.team = 'y'", ''],
    ["tags.`mlflow.prompt.is_prompt` != 'true' AND name = 'é'", 'é'],
  ])('finds by %j: %s', (filter, found) => {
    expect(find(filter)).toBe(found);
  });

  it.each([
    ["attributes.name = 'a'", "Invalid entity type 'attributes'. Valid entity types are ('attribute', 'tag', 'tags')"],
    ['creation_timestamp > 0', "Invalid attribute key 'creation_timestamp' specified. Valid keys are '{'name'}'"],
    ["`name` = 'a'", "Invalid attribute key '`name`' specified. Valid keys are '{'name'}'"],
    ["name > 'a'", 'Invalid comparator for attribute: >'],
    ["name = ('a')", 'Invalid comparator for attribute: ='],
    ['name = 5', 'Expected a quoted string value or a list of quoted string values for attributes. Got value 5'],
    ['name = alpha', 'Parameter value is either not quoted or unidentified quote types'],
    ['name IS NULL', 'Invalid comparator for attribute: IS NULL'],
    ['tags.team IS NULL', 'Invalid comparator for tag: IS NULL'],
    ["tags.team > 'x'", 'Invalid comparator for tag: >'],
    ['tags.team = 5', "Expected a quoted string value for tag (e.g. 'my-value'). Got value 5"],
    ["tags.team IN ('x')", "Expected a quoted string value for tag (e.g. 'my-value'). Got value ('x')"],
    ["name = 'a' OR name = 'b'", 'Invalid clause(s) in filter string: OR'],
  ])('refuses %j: %s', (filter, message) => {
    expect(refusalOf(() => find(filter))).toContain(message);
  });

  it.each([
    [['name'], 'Gamma alpha b_c beta é'],
    [['name DESC'], 'é beta b_c alpha Gamma'],
    [['`name` DESC'], 'é beta b_c alpha Gamma'],
    [['timestamp'], 'é Gamma b_c alpha beta'],
    [['last_updated_timestamp DESC', 'name'], 'beta alpha b_c Gamma é'],
  ])('orders by %j: %s', (orders, found) => {
    expect(find('', orders)).toBe(found);
  });

  it.each([
    [
      ['creation_timestamp'],
      "Invalid order by key 'creation_timestamp' specified. Valid keys are '{'name', 'timestamp'}'",
    ],
    [['attribute.name'], "Invalid order by key 'attribute.name' specified."],
    [['name nonsense'], "Invalid ordering key in order_by clause 'name nonsense'."],
    [['timestamp', 'last_updated_timestamp'], '`order_by` contains duplicate fields'],
  ])('refuses to order by %j: %s', (orders, message) => {
    expect(refusalOf(() => find('', orders))).toContain(message);
  });
});
