import { pythonRepr, pythonReprOfList } from '../domain/messages.ts';
import type { Field } from './entity-table.ts';
import { clip } from './search-error.ts';

/** The sentences of one entity's search, MLflow's letter for letter; the place is added by `searchError`. */
export interface Wording {
  readonly unparsable: (source: string) => string;
  readonly multipleExpressions: (source: string) => string;
  readonly invalidClause: (source: string, offending: string) => string;
  readonly notAnIdentifier: (source: string, found: string) => string;
  readonly unknownPrefix: (prefix: string) => string;
  readonly unknownKey: (word: string, key: string, validKeys: readonly string[]) => string;
  readonly nullTest: (field: Field, comparator: string, identifier: string) => string;
  readonly wrongComparator: (field: Field, comparator: string) => string;
  readonly notANumber: (field: Field, found: string) => string;
  readonly notAnInteger: (field: Field, found: string) => string;
  readonly notAString: (field: Field, found: string) => string;
  readonly listNotSupported: string;
  /** For a group that cannot be ordered by. */
  readonly unorderable: (word: string) => string;
}

/** Writes texts as Python's repr of a set does, in our order: `{'a', 'b'}`. */
export const pythonSet = (items: readonly string[]): string => `{${items.map(pythonRepr).join(', ')}}`;

/** A list behind a name that takes none; these names of the entity do (MLflow: SearchUtils.validate_list_supported). */
export const onlyListsOf = (...keys: readonly string[]): string =>
  `Only ${pythonReprOfList(keys)} attributes support comparison with a list of quoted string values.`;

const PLACES_OF_STRINGS: Readonly<Record<string, string>> = {
  parameter: "parameter (e.g. 'my-value')",
  tag: "tag (e.g. 'my-value')",
  attribute: 'attributes',
  dataset: 'dataset attributes',
};

/** MLflow forgets the quote for all but attributes and params (SearchUtils.is_metric, is_tag, is_dataset). */
const closingQuoteFor = (word: string): string => (['metric', 'tag', 'dataset'].includes(word) ? '' : "'");

/** The sentences that all entities but logged models share (MLflow: utils/search_utils.py, SearchUtils). */
export const searchWording = {
  unparsable: (source) => `Invalid filter '${clip(source)}'. Could not be parsed.`,
  multipleExpressions: (source) =>
    `Search filter contained multiple expression ${pythonRepr(clip(source))}. Provide AND-ed expression list.`,
  invalidClause: (_source, offending) => `Invalid clause(s) in filter string: '${clip(offending)}'`,
  notAnIdentifier: (_source, found) => `Invalid comparison clause. Expected 'Identifier' found '${clip(found)}'`,
  unknownPrefix: (prefix) =>
    `Invalid entity type '${clip(prefix)}'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']`,
  unknownKey: (word, key, validKeys) =>
    `Invalid ${word} key '${clip(key)}' specified. Valid keys are '${pythonSet(validKeys)}'`,
  nullTest: ({ word, key }) =>
    `IS NULL / IS NOT NULL is only supported for tags and params, not for '${word}' '${clip(key)}'`,
  wrongComparator: ({ word, comparators }, comparator) =>
    `Invalid comparator '${clip(comparator)}' not one of '${pythonSet(comparators)}${closingQuoteFor(word)}`,
  notANumber: ({ word, key }, found) =>
    word === 'metric'
      ? `Expected numeric value type for metric. Found ${clip(found)}`
      : `Expected numeric value type for numeric attribute: ${key}. Found ${clip(found)}`,
  notAnInteger: ({ key }, found) => `Invalid value for numeric attribute '${key}': '${clip(found)}'`,
  notAString: ({ word }, found) =>
    `Expected a quoted string value for ${PLACES_OF_STRINGS[word]}. Got value ${clip(found)}`,
  listNotSupported: onlyListsOf('run_id'),
  unorderable: (word) => `Invalid identifier type '${word}'`,
} as const satisfies Wording;

/** A value without quotes, or in backticks (MLflow: SearchUtils._strip_quotes). */
export const notQuoted = (found: string): string =>
  `Parameter value is either not quoted or unidentified quote types used for string value ${clip(found)}. ` +
  'Use either single or double quotes.';

/** `()` where a list must have items (MLflow: SearchUtils._check_valid_identifier_list). */
export const EMPTY_LIST =
  'While parsing a list in the query, expected a non-empty list of string values, but got empty list';

/** A list that does not read as one (MLflow: SearchUtils._parse_list_from_sql_token). */
export const ILL_FORMED_LIST =
  'While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.';

/** A list with something else than strings (MLflow: SearchUtils._check_valid_identifier_list). */
export const listOfOtherType = (list: string): string =>
  'While parsing a list in the query, expected string value, punctuation, or whitespace, ' +
  `but got different type in list: ${clip(list)}`;
