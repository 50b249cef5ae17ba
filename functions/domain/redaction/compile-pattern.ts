import { invalidParameter } from '../errors.ts';
import type { Rule, Span } from './spans.ts';

/** One place of a pattern: what character may stand there, whether it may be missing, and whether it may stand again. */
interface Place {
  readonly accepts: (char: string) => boolean;
  readonly isOptional: boolean;
  readonly repeats: boolean;
}

/** Places of a pattern; more would be slow on long texts. */
const MAX_PLACES = 200;

const refuse = (pattern: string, why: string) =>
  invalidParameter(`Redaction pattern '${pattern}' is not usable: ${why}.`);

/**
 * A rule of an admin's pattern: characters, `.`, `\d`, `\w`, `\s`, classes such as `[A-Z0-9]`, each repeated by `?`, `*`, `+`,
 * `{n}` or `{n,m}`, and `|` between whole patterns. There are no groups, and so nothing to go back to: all ways through it
 * are followed side by side, in a time that is linear in the text. Throws INVALID_PARAMETER_VALUE for what it does not know.
 */
export function compilePattern(name: string, pattern: string): Rule {
  const alternatives = new PatternReader(pattern).read();
  return { name, find: (text) => alternatives.flatMap((places) => findPlaces(places, text, name)) };
}

class PatternReader {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  /** pattern = sequence *( "|" sequence ) */
  read(): readonly (readonly Place[])[] {
    const alternatives: Place[][] = [[]];
    while (this.#at < this.#pattern.length) {
      if (this.#take('|')) alternatives.push([]);
      else alternatives.at(-1)?.push(...this.#repeated());
    }
    const places = alternatives.reduce((sum, { length }) => sum + length, 0);
    if (places > MAX_PLACES) throw this.#refuse(`it has more than ${MAX_PLACES} places`);
    if (alternatives.some((sequence) => sequence.every(({ isOptional }) => isOptional))) {
      throw this.#refuse('it matches the empty text');
    }
    return alternatives;
  }

  /** repeated = atom [ "?" / "*" / "+" / "{" n [ "," m ] "}" ] */
  #repeated(): readonly Place[] {
    const accepts = this.#atom();
    const one: Place = { accepts, isOptional: false, repeats: false };
    if (this.#take('?')) return [{ ...one, isOptional: true }];
    if (this.#take('*')) return [{ accepts, isOptional: true, repeats: true }];
    if (this.#take('+')) return [{ ...one, repeats: true }];
    const [whole, least = '', , most] = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(this.#rest()) ?? [];
    if (whole === undefined) return [one];
    this.#at += whole.length;
    return this.#counted(one, Number(least), whole.includes(',') ? most : least);
  }

  #counted(one: Place, least: number, most: string | undefined): readonly Place[] {
    const must = Array.from({ length: Math.min(least, MAX_PLACES + 1) }, () => one);
    if (!most) return [...must, { ...one, isOptional: true, repeats: true }];
    const spare = Number(most) - least;
    if (spare < 0) throw this.#refuse(`{${least},${most}} ends before it begins`);
    return [...must, ...Array.from({ length: Math.min(spare, MAX_PLACES + 1) }, () => ({ ...one, isOptional: true }))];
  }

  /** atom = char / "." / "\" char / "[" ... "]" */
  #atom(): Place['accepts'] {
    if (this.#take('.')) return (char) => char !== '\n';
    if (this.#take('\\')) return this.#escape();
    if (this.#take('[')) return this.#class();
    const char = this.#next();
    if ('()*+?{}]^$'.includes(char))
      throw this.#refuse(`'${char}' has no meaning here; write \\${char} for the character`);
    return (other) => other === char;
  }

  #escape(): Place['accepts'] {
    const char = this.#next();
    const known = ESCAPES[char];
    if (known) return known;
    if (/[A-Za-z0-9]/.test(char)) throw this.#refuse(`\\${char} is not known`);
    return (other) => other === char;
  }

  /** class = "[" [ "^" ] 1*( char [ "-" char ] / "\" char ) "]" */
  #class(): Place['accepts'] {
    const isNegated = this.#take('^');
    const tests: Place['accepts'][] = [];
    while (!this.#take(']')) tests.push(this.#take('\\') ? this.#escape() : this.#range());
    return (char) => tests.some((accepts) => accepts(char)) !== isNegated;
  }

  #range(): Place['accepts'] {
    const first = this.#next();
    const isRange = /^-[^\]]/.test(this.#rest());
    if (!isRange) return (char) => char === first;
    this.#at += 1;
    const last = this.#next();
    if (last < first) throw this.#refuse(`${first}-${last} ends before it begins`);
    return (char) => char >= first && char <= last;
  }

  #take(char: string): boolean {
    if (this.#pattern[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  #next(): string {
    const char = this.#pattern[this.#at];
    if (char === undefined) throw this.#refuse('it ends too early');
    this.#at += 1;
    return char;
  }

  #rest = (): string => this.#pattern.slice(this.#at);

  #refuse = (why: string) => refuse(this.#pattern, why);
}

const ESCAPES: Readonly<Record<string, Place['accepts']>> = {
  d: (char) => char >= '0' && char <= '9',
  w: (char) => /\w/.test(char),
  s: (char) => /\s/.test(char),
};

/** Of each place how early a match may have begun that comes to stand there next; a hole where none does. */
type Waiting = (number | undefined)[];

function arrive(waiting: Waiting, index: number, start: number | undefined): void {
  const earlier = waiting[index];
  if (start !== undefined && (earlier === undefined || start < earlier)) waiting[index] = start;
}

/** Follows all ways at once. */
function findPlaces(places: readonly Place[], text: string, rule: string): readonly Span[] {
  const spans: Span[] = [];
  let waiting: Waiting = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    arrive(waiting, 0, at);
    skipOptional(places, waiting);
    const next: Waiting = [];
    for (const [index, place] of places.entries()) {
      const start = waiting[index];
      if (start === undefined || !place.accepts(char)) continue;
      arrive(next, index + 1, start);
      if (place.repeats) arrive(next, index, start);
    }
    skipOptional(places, next);
    const start = next[places.length];
    if (start !== undefined) spans.push({ start, end: at + 1, rule });
    waiting = next;
  }
  return spans;
}

/** Who waits before a place that may be missing waits behind it, too. */
function skipOptional(places: readonly Place[], waiting: Waiting): void {
  for (const [index, { isOptional }] of places.entries()) {
    if (isOptional) arrive(waiting, index + 1, waiting[index]);
  }
}
