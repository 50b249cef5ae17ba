import { BUILT_IN_RULES } from '../domain/redaction/built-in-rules.ts';
import { createRedact, type Redact } from '../domain/redaction/redact.ts';
import type { AccessEnvironment } from './access-environment.ts';
import type { LambdaLog } from './lambda-log.ts';

/** Looks for secrets as the environment says, and logs under which keys they were, never what they are. */
export function redactOnAws(
  { mode, rules }: AccessEnvironment['redaction'],
  tell: LambdaLog['tell'],
): Redact | undefined {
  if (mode === 'off') return undefined;
  return createRedact(mode, [...BUILT_IN_RULES, ...rules], ({ key, rules: found }) =>
    tell('redaction', { mode, key, rules: found }),
  );
}
