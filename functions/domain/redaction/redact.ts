import { invalidParameter } from '../errors.ts';
import { maskSpans, mergeSpans, type Rule } from './spans.ts';

/** What is done about a text that holds what must not be kept. */
export const REDACTION_MODES = ['off', 'flag', 'mask', 'refuse'] as const;

export type RedactionMode = (typeof REDACTION_MODES)[number];

/** What was found under a key; never the text itself. */
export interface Finding {
  readonly key: string;
  readonly rules: readonly string[];
}

/** Gives the text as it may be kept. */
export type Redact = (text: string, key: string) => string;

/** What is shorter holds nothing: most params are. */
const MIN_LENGTH = 6;

/**
 * Looks at texts by rules. `mask` replaces what is found, `refuse` throws INVALID_PARAMETER_VALUE for it, and `flag` leaves
 * it; `onFound` hears of it in all of them.
 */
export function createRedact(
  mode: Exclude<RedactionMode, 'off'>,
  rules: readonly Rule[],
  onFound: (finding: Finding) => void,
): Redact {
  return (text, key) => {
    if (text.length < MIN_LENGTH) return text;
    const spans = mergeSpans(rules.flatMap((rule) => rule.find(text, key)));
    if (spans.length === 0) return text;
    const names = [...new Set(spans.map(({ rule }) => rule))];
    onFound({ key, rules: names });
    if (mode === 'flag') return text;
    if (mode === 'mask') return maskSpans(text, spans);
    throw invalidParameter(
      `The value of '${key}' seems to hold a secret (${names.join(', ')}); this server does not keep it. ` +
        'Log it without the secret, or ask an admin about the redaction rules.',
    );
  };
}
