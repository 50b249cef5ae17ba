import { tokenize } from '../../../../functions/search/lexer.ts';
import { type Token, TokenKind } from '../../../../functions/search/token-kind.ts';
import { RUN_STATUSES } from '../../../api/runs.ts';
import { isQuotable, likeHolding, quoteText } from '../../../ui/format/search-text.ts';
import { searchNameOf } from '../column-id.ts';
import { columnsOfKeys, type KeyCatalogue } from '../key-catalogue.ts';

/** A text that can take the place of a stretch of the filter. */
export interface Suggestion {
  readonly text: string;
  /** What it is, in a word or two. */
  readonly note: string;
}

export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly suggestions: readonly Suggestion[];
}

/** Gives values that runs really have for a param or a tag. */
export type ValuesOf = (kind: 'param' | 'tag', key: string) => readonly string[];

const MOST = 50;
const ATTRIBUTE_NAMES = ['run_name', 'status', 'start_time', 'end_time', 'user_id', 'run_id', 'artifact_uri'];
const NUMBER_COMPARATORS = ['<', '<=', '>', '>=', '=', '!='];
const TEXT_COMPARATORS = ['=', '!=', 'LIKE', 'ILIKE'];
const NULL_COMPARATORS = ['IS NULL', 'IS NOT NULL'];
const LIST_COMPARATORS = ['IN', 'NOT IN'];
const DATASET_PARTS = ['name', 'digest', 'context'];

/** What can stand at the caret: names first, then comparators for that name, then values, then AND. */
export function completeFilter(text: string, caret: number, keys: KeyCatalogue, valuesOf: ValuesOf): Completion {
  const { before, typed, place } = placeAt(text, caret);
  return { ...place, suggestions: matching(candidates(clauseOf(before), typed, keys, valuesOf), typed) };
}

/** A param or a tag. */
export interface ValuedName {
  readonly kind: 'param' | 'tag';
  readonly key: string;
}

/** The param or tag whose value can stand at the caret; undefined where no value of one can. */
export function valuedNameAt(text: string, caret: number): ValuedName | undefined {
  const [name, comparator, ...values] = clauseOf(placeAt(text, caret).before);
  const isValueNext = comparator !== undefined && values.length === 0;
  return name && isValueNext ? valuedName(name.text) : undefined;
}

function valuedName(name: string): ValuedName | undefined {
  const [, prefix, key] = /^(param|tag)(?:eter)?s?\.(.*)$/.exec(name) ?? [];
  if (prefix === undefined || key === undefined) return undefined;
  return { kind: prefix === 'tag' ? 'tag' : 'param', key: key.replace(/^([`"])(.*)\1$/, '$2') };
}

/** What stands before the caret, what of a token was typed already, and the stretch that a suggestion takes the place of. */
function placeAt(text: string, caret: number) {
  const tokens = joinUnclosed(tokenize(text)).filter(({ start, kind }) => kind !== TokenKind.End && start < caret);
  const last = tokens.at(-1);
  const isInside = last !== undefined && caret <= last.end;
  return {
    before: isInside ? tokens.slice(0, -1) : tokens,
    typed: isInside ? text.slice(last.start, caret) : '',
    place: isInside ? { start: last.start, end: last.end } : { start: caret, end: caret },
  };
}

/** Takes a name whose quote is not closed yet, which the language knows as two tokens, for the one that it will be. */
function joinUnclosed(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex(({ kind }) => kind === TokenKind.Unknown);
  const [before, unclosed] = [tokens[at - 1], tokens[at]];
  if (before === undefined || unclosed === undefined) return tokens;
  const isOneName = before.end === unclosed.start && before.text.endsWith('.');
  if (!isOneName) return tokens;
  const joined = { ...before, text: before.text + unclosed.text, end: unclosed.end };
  return [...tokens.slice(0, at - 1), joined, ...tokens.slice(at + 1)];
}

/** The tokens of the clause that is being written: those since the last AND. */
function clauseOf(tokens: readonly Token[]): readonly Token[] {
  const and = tokens.findLastIndex(({ kind, text }) => kind === TokenKind.Identifier && /^and$/i.test(text));
  return tokens.slice(and + 1);
}

function candidates(
  clause: readonly Token[],
  typed: string,
  keys: KeyCatalogue,
  valuesOf: ValuesOf,
): readonly Suggestion[] {
  const [name, comparator, ...values] = clause;
  if (name === undefined) return [...names(keys), ...asName(typed)];
  if (comparator === undefined) return comparatorsFor(name.text).map((text) => ({ text, note: 'comparator' }));
  if (isList(comparator)) return isListClosed(values) ? AND : [];
  const isWhole = values.length > 0 || /null$/i.test(comparator.text) || /^is$/i.test(comparator.text);
  if (isWhole) return AND;
  return valuesFor(name.text, valuesOf);
}

const AND: readonly Suggestion[] = [{ text: 'AND', note: 'and another condition' }];

/** IN, or the NOT before it: what follows is a list in parentheses. */
const isList = ({ text }: Token): boolean => /^(in|not)$/i.test(text);
const isListClosed = (values: readonly Token[]): boolean => values.at(-1)?.kind === TokenKind.ParenClose;

/** Names of keys, then what every run has, then MLflow's own tags, of which there are many. */
function names(keys: KeyCatalogue): readonly Suggestion[] {
  const keyed = columnsOfKeys(keys).map(({ kind, key }) => ({ text: searchNameOf(kind, key), note: kind }));
  const own = keyed.length - keys.mlflowTag.length;
  return [
    ...keyed.slice(0, own),
    ...ATTRIBUTE_NAMES.map((name) => ({ text: `attributes.${name}`, note: 'attribute' })),
    ...DATASET_PARTS.map((part) => ({ text: `datasets.${part}`, note: 'dataset' })),
    ...keyed.slice(own),
  ];
}

/** A lone word is most likely a part of a name. */
const asName = (typed: string): readonly Suggestion[] =>
  /^[\w-]+$/.test(typed)
    ? [{ text: `attributes.run_name ILIKE ${likeHolding(typed)}`, note: `name holds ${typed}` }]
    : [];

const isNumber = (name: string): boolean =>
  /^metrics?\.|^(\w+\.)?(start|end)_time$/.test(name) && valuedName(name) === undefined;

/** What the language takes after a name (functions/search/fields/runs.ts). */
function comparatorsFor(name: string): readonly string[] {
  if (isNumber(name)) return NUMBER_COMPARATORS;
  if (valuedName(name) !== undefined) return [...TEXT_COMPARATORS, ...NULL_COMPARATORS];
  const takesList = /^datasets?\.|(^|\.)run_id$/.test(name);
  return takesList ? [...TEXT_COMPARATORS, ...LIST_COMPARATORS] : TEXT_COMPARATORS;
}

function valuesFor(name: string, valuesOf: ValuesOf): readonly Suggestion[] {
  if (/^(attributes?\.|attr\.|run\.)?status$/.test(name))
    return RUN_STATUSES.map((text) => ({ text: `'${text}'`, note: 'status' }));
  const valued = valuedName(name);
  if (valued === undefined) return [];
  const values = valuesOf(valued.kind, valued.key).filter(isQuotable);
  return values.map((value) => ({ text: quoteText(value), note: 'value' }));
}

/** Those that hold what was typed, whatever its case and its quotes: first those that begin with it. */
function matching(suggestions: readonly Suggestion[], typed: string): readonly Suggestion[] {
  const wanted = bare(typed);
  if (wanted === '') return suggestions.slice(0, MOST);
  const beginning: Suggestion[] = [];
  const holding: Suggestion[] = [];
  for (const suggestion of suggestions) {
    const text = bare(suggestion.text);
    const isName = text.startsWith(wanted) || text.slice(text.indexOf('.') + 1).startsWith(wanted);
    if (text === wanted && suggestion.text === typed) continue;
    if (isName) beginning.push(suggestion);
    else if (text.includes(wanted)) holding.push(suggestion);
  }
  return [...beginning, ...holding].slice(0, MOST);
}

const bare = (text: string): string => text.toLowerCase().replace(/["'`]/g, '');
