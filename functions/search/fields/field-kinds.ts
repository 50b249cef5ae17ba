import type { NamedField, NumberRules, TextRules } from '../entity-table.ts';
import {
  LIKE_COMPARATORS,
  LIST_COMPARATORS,
  NULL_COMPARATORS,
  NUMBER_COMPARATORS,
  type Target,
  TEXT_COMPARATORS,
} from '../filter.ts';
import type { OrderTerm, SortType } from '../order-by.ts';
import type { ExperimentRow } from '../row.ts';

/** `= != LIKE ILIKE` */
const TEXT_RULES: TextRules = { type: 'text', comparators: [...TEXT_COMPARATORS, ...LIKE_COMPARATORS] };

/** `= != LIKE ILIKE IS NULL IS NOT NULL` */
export const OPTIONAL_TEXT_RULES: TextRules = {
  type: 'text',
  comparators: [...TEXT_RULES.comparators, ...NULL_COMPARATORS],
};

/** `= != LIKE ILIKE IN NOT IN` */
export const LIST_TEXT_RULES: TextRules = {
  type: 'text',
  comparators: [...TEXT_RULES.comparators, ...LIST_COMPARATORS],
  takesList: true,
};

/** `= != LIKE ILIKE`; messages offer IN, too, though only the entity's ids take a list (MLflow: the same). */
export const LISTLESS_TEXT_RULES: TextRules = { ...LIST_TEXT_RULES, takesList: false };

/** `> >= = != < <=`; the number may have a fraction. */
export const NUMBER_RULES: NumberRules = { type: 'number', comparators: NUMBER_COMPARATORS };

/** `> >= = != < <=` against a double. */
export const METRIC_RULES: NumberRules = { ...NUMBER_RULES, isDouble: true };

const attributeTarget = (key: string): Target => ({ kind: 'attribute', key });

/** An attribute that filters and orders know under its name and its aliases. */
export function attribute(
  name: string,
  rules: TextRules | NumberRules,
  type: SortType,
  aliases: readonly string[] = [],
): readonly (readonly [string, NamedField])[] {
  const target = attributeTarget(name);
  return [name, ...aliases].map((alias) => [alias, { rules, target, order: { target, type } }]);
}

/** An order term on an attribute. */
export const byAttribute = (key: string, type: SortType, direction: 'ASC' | 'DESC'): OrderTerm => ({
  target: attributeTarget(key),
  type,
  isAscending: direction === 'ASC',
});

/** Reads an attribute to order by. */
export const orderedAttribute = (row: ExperimentRow, { target }: OrderTerm) => row.attribute(target.key);
