import type { MlflowError } from '../domain/errors.ts';
import type { Comparator, Target, TargetKind } from './filter.ts';
import type { OrderTerm, SortType } from './order-by.ts';
import type { AttributeValue } from './row.ts';
import type { Wording } from './wording.ts';

/** MLflow's words for the groups of names, as they stand in messages. */
export type GroupWord = 'attribute' | 'metric' | 'parameter' | 'tag' | 'dataset';

/** Makes the error for a sentence; it knows the place. */
export type Fail = (message: string) => MlflowError;

/** What a name's values are, and which comparators and values a clause may set against them. */
export type ValueRules = NumberRules | TextRules;

export interface NumberRules {
  readonly type: 'number';
  readonly comparators: readonly Comparator[];
  /** MLflow reads the number as a double, as for metrics; else integers are exact. */
  readonly isDouble?: boolean;
  /** MLflow refuses fractions. */
  readonly isInteger?: boolean;
}

export interface TextRules {
  readonly type: 'text';
  readonly comparators: readonly Comparator[];
  /** The name may stand before a list in parentheses. */
  readonly takesList?: boolean;
  /** Brings a value into the row's form, for =, != and lists; throws what `fail` makes of a sentence. */
  readonly normalize?: (text: string, fail: Fail) => string;
}

/** An attribute, or a part of a dataset, under one of its names. */
export interface NamedField {
  readonly rules: ValueRules;
  readonly target: Target;
  /** Absent for names that only filters know. */
  readonly order?: { readonly key: string; readonly type: SortType };
}

export interface NamedGroup {
  readonly kind: 'named';
  readonly word: GroupWord;
  readonly fields: ReadonlyMap<string, NamedField>;
}

/** Names that users make: any key is known. */
export interface KeyedGroup {
  readonly kind: 'keyed';
  readonly word: GroupWord;
  readonly target: TargetKind;
  readonly rules: ValueRules;
  /** Absent for groups that order_by does not take. */
  readonly sortType?: SortType;
}

export type Group = NamedGroup | KeyedGroup;

/** A name that was found: what messages call it, and the rules for its clauses. */
export interface Field {
  readonly word: GroupWord;
  /** As the user wrote it, without quotes. */
  readonly key: string;
  readonly target: Target;
  readonly rules: ValueRules;
  readonly comparators: readonly Comparator[];
}

export type Scalar = AttributeValue;

/** How a target's value is read from a row: one or none, or several of which any may match. */
export type Reader<Row> =
  | { readonly kind: 'one'; readonly read: (row: Row) => Scalar | undefined }
  | { readonly kind: 'many'; readonly read: (row: Row) => readonly Scalar[] };

/** All that makes one entity's searches differ from another's. */
export interface EntityTable<Row> {
  /** A dotted name's prefix (undefined when it has none) and key, both without quotes. */
  readonly split: (identifier: string) => Identifier;
  /** By prefix; the names without a prefix are under ''. */
  readonly groups: ReadonlyMap<string, Group>;
  readonly wording: Wording;
  /** Logged models take values as they stand, quoted or not, and look at the comparator before the value. */
  readonly values: 'quoted' | 'verbatim';
  readonly readers: { readonly [K in TargetKind]?: (key: string) => Reader<Row> };
  /** What an order term compares; undefined when the row has it not. */
  readonly sortValue: (row: Row, term: OrderTerm) => Scalar | undefined;
  readonly order: OrderRules;
}

/** The order that holds without order_by, the tie-breakers added to one, and what order_by refuses. */
export interface OrderRules {
  readonly whenNoneGiven: readonly OrderTerm[];
  /** Appended unless their target is listed already. */
  readonly tieBreakers: readonly OrderTerm[];
  readonly refusesDuplicates: boolean;
  /** The sentence for a group that cannot be ordered by. */
  readonly unorderable: (word: GroupWord) => string;
}

export interface Identifier {
  readonly prefix: string | undefined;
  readonly key: string;
}
