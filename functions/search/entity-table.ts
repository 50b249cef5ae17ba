import type { MlflowError } from '../domain/errors.ts';
import type { Comparator, Target, TargetKind } from './filter.ts';
import type { OrderTerm, SortType } from './order-by.ts';
import type { AttributeValue } from './row.ts';
import type { Identifier } from './split-identifier.ts';
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
  /** The number may stand in quotes. */
  readonly takesQuoted?: boolean;
}

export interface TextRules {
  readonly type: 'text';
  readonly comparators: readonly Comparator[];
  /** The name may stand before a list in parentheses. */
  readonly takesList?: boolean;
  /** Brings a value into the row's form, for =, != and lists; throws what `fail` makes of a sentence. */
  readonly normalize?: (text: string, fail: Fail) => string;
}

/** What an order_by of a name compares. */
export interface OrderKey {
  readonly target: Target;
  readonly type: SortType;
}

/** An attribute, or a part of a dataset, under one of its names. */
export interface NamedField {
  readonly rules: ValueRules;
  readonly target: Target;
  /** What an order_by of this name compares; absent for names that only filters know. */
  readonly order?: OrderKey;
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
  /** Absent for groups that cannot be ordered by. */
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

/** The names, sentences and values of an entity's filters. */
export interface Vocabulary {
  readonly split: (identifier: string) => Identifier;
  /** By prefix; the names without a prefix are under ''. */
  readonly groups: ReadonlyMap<string, Group>;
  readonly wording: Wording;
  /** Logged models take values as they stand, quoted or not, and look at the comparator before the value. */
  readonly values: 'quoted' | 'verbatim';
}

/** All that makes one entity's searches differ from another's. */
export interface EntityTable<Row> extends Vocabulary {
  /** How a target's one value is read. */
  readonly one: { readonly [K in TargetKind]?: (row: Row, key: string) => Scalar | undefined };
  /** How a target's several values are read, of which any may match. */
  readonly many: { readonly [K in TargetKind]?: (row: Row, key: string) => readonly (Scalar | undefined)[] };
  readonly order: OrderRules<Row>;
}

/** What order_by can name, what it refuses, and what is added to it. */
export interface OrderRules<Row> {
  /** The order that holds without order_by. */
  readonly whenNoneGiven: readonly OrderTerm[];
  /** Appended unless their target is listed already. */
  readonly tieBreakers: readonly OrderTerm[];
  readonly refusesDuplicates: boolean;
  /** Finds what a name means in an order_by, for entities whose filters know other names. Throws what `fail` makes of a sentence. */
  readonly find?: (name: string, fail: Fail) => OrderKey;
  /** What a term compares; undefined when the row has it not. */
  readonly read: { readonly [K in TargetKind]?: (row: Row, term: OrderTerm) => Scalar | undefined };
}

/** Lists groups under each of their prefixes. */
export const groupsByPrefix = (
  groups: readonly (readonly [prefixes: readonly string[], group: Group])[],
): ReadonlyMap<string, Group> =>
  new Map(groups.flatMap(([prefixes, group]) => prefixes.map((prefix) => [prefix, group] as const)));
