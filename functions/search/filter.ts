import type { Entity } from './row.ts';

export const NUMBER_COMPARATORS = ['<', '<=', '>', '>=', '=', '!='] as const;
export const TEXT_COMPARATORS = ['=', '!='] as const;
export const LIKE_COMPARATORS = ['LIKE', 'ILIKE'] as const;
export const LIST_COMPARATORS = ['IN', 'NOT IN'] as const;
export const NULL_COMPARATORS = ['IS NULL', 'IS NOT NULL'] as const;

export type NumberComparator = (typeof NUMBER_COMPARATORS)[number];
export type TextComparator = (typeof TEXT_COMPARATORS)[number];
export type LikeComparator = (typeof LIKE_COMPARATORS)[number];
export type ListComparator = (typeof LIST_COMPARATORS)[number];
export type NullComparator = (typeof NULL_COMPARATORS)[number];
export type Comparator = NumberComparator | TextComparator | LikeComparator | ListComparator | NullComparator;

export type TargetKind = 'attribute' | 'metric' | 'param' | 'tag' | 'dataset';

/** What a clause looks at: an attribute or a dataset's part by its own name, or a metric, param or tag by its key. */
export interface Target {
  readonly kind: TargetKind;
  readonly key: string;
}

interface ConditionOf<Kind extends string, C extends Comparator, Value> {
  readonly kind: Kind;
  readonly target: Target;
  readonly comparator: C;
  readonly value: Value;
}

/** A clause whose names, comparator and value fit each other. */
export type Condition =
  | ConditionOf<'number', NumberComparator, number | bigint>
  | ConditionOf<'text', TextComparator, string>
  | ConditionOf<'like', LikeComparator, string>
  | ConditionOf<'list', ListComparator, readonly string[]>
  | ConditionOf<'null', NullComparator, undefined>;

/** A filter that passed all checks: all of its conditions must hold. */
export interface Filter<E extends Entity = Entity> {
  readonly entity: E;
  readonly conditions: readonly Condition[];
}
