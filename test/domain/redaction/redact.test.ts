import { describe, expect, test } from 'vitest';
import { BUILT_IN_RULES } from '../../../functions/domain/redaction/built-in-rules.ts';
import { compilePattern } from '../../../functions/domain/redaction/compile-pattern.ts';
import { createRedact, type Finding } from '../../../functions/domain/redaction/redact.ts';
import { mergeSpans } from '../../../functions/domain/redaction/spans.ts';
import { expectRefusal } from '../expect-refusal.ts';
import { HARMLESS, SECRETS } from './corpus.ts';

const mask = createRedact('mask', BUILT_IN_RULES, () => undefined);

describe('the built-in rules, on a corpus', () => {
  const missed = SECRETS.filter(([key, text]) => mask(text, key) === text);
  const alarms = HARMLESS.filter(([key, text]) => mask(text, key) !== text);
  console.log(
    `redaction: ${SECRETS.length - missed.length} of ${SECRETS.length} secrets found, ${missed.length} missed; ` +
      `${alarms.length} false alarms in ${HARMLESS.length} harmless values`,
  );

  test('is large enough', () => {
    expect(SECRETS.length).toBeGreaterThanOrEqual(60);
    expect(HARMLESS.length).toBeGreaterThanOrEqual(200);
  });

  test('miss nothing', () => {
    expect(missed).toEqual([]);
  });

  test('take nothing harmless for a secret', () => {
    expect(alarms.map(([key, text]) => [key, text, mask(text, key)])).toEqual([]);
  });

  test('leave nothing behind that they find again', () => {
    for (const [key, text] of SECRETS) expect(mask(mask(text, key), key)).toBe(mask(text, key));
  });
});

describe('what is found', () => {
  const found: Finding[] = [];
  const secret = `see ghp_${'a1'.repeat(18)} and jane@example.com.`;

  test('is replaced by the name of its rule', () => {
    expect(mask(secret, 'note')).toBe('see [redacted:github-token] and [redacted:email].');
    expect(mask('postgresql://scott:tiger99@db/ml', 'uri')).toBe('postgresql://scott:[redacted:url-password]@db/ml');
    expect(mask('hunter2!', 'db_password')).toBe('[redacted:secret-key]');
  });

  test('is told, or refused, without itself', () => {
    expect(createRedact('flag', BUILT_IN_RULES, (finding) => found.push(finding))(secret, 'note')).toBe(secret);
    expect(found).toEqual([{ key: 'note', rules: ['github-token', 'email'] }]);
    const refuse = createRedact('refuse', BUILT_IN_RULES, () => undefined);
    expectRefusal(
      () => refuse(secret, 'note'),
      "The value of 'note' seems to hold a secret (github-token, email); this server does not keep it. " +
        'Log it without the secret, or ask an admin about the redaction rules.',
    );
    expect(refuse('harmless', 'note')).toBe('harmless');
    expect(refuse('a@b.c', 'note')).toBe('a@b.c');
  });
});

test('spans that overlap become one', () => {
  const span = (start: number, end: number, rule: string) => ({ start, end, rule });
  expect(mergeSpans([span(5, 9, 'b'), span(0, 3, 'a'), span(8, 12, 'c'), span(5, 7, 'd')])).toEqual([
    span(0, 3, 'a'),
    span(5, 12, 'b'),
  ]);
});

describe('an admin’s pattern', () => {
  const redact = (pattern: string, text: string) =>
    createRedact('mask', [compilePattern('own', pattern)], () => undefined)(text, 'p');

  test.each([
    ['EMP-\\d{6}', 'by EMP-123456 and EMP-12345', 'by [redacted:own] and EMP-12345'],
    ['[A-Z]{2}\\d+', 'x AB1234 y', 'x [redacted:own] y'],
    ['proj-?x+|acme.corp', 'projxxx and acme-corp!', '[redacted:own] and [redacted:own]!'],
    ['a{2,}b{0,2}c*d', 'xx aaabbccd yy ad', 'xx [redacted:own] yy ad'],
    ['[^a-z\\]\\s]+;', 'abc 12]3; def', 'abc 12][redacted:own] def'],
    ['\\w\\s\\.', 'one two x . three', 'one two [redacted:own] three'],
    ['[-a]b', 'xx -b ab cb', 'xx [redacted:own] [redacted:own] cb'],
    ['😀x', 'see 😀x there', 'see [redacted:own] there'],
  ])('%s', (pattern, text, expected) => {
    expect(redact(pattern, text)).toBe(expected);
  });

  test.each([
    '(a)',
    'a**',
    '^a',
    'a$',
    '[a',
    'a\\',
    '\\k1',
    '[z-a]',
    'a{3,1}',
    'a*',
    '',
    'a|',
    'a{201}',
    'a{1,250}',
    '{2}',
    'a)',
  ])('%s is refused, with the reason', (pattern) => {
    expect(() => compilePattern('own', pattern)).toThrow(`Redaction pattern '${pattern}' is not usable: `);
  });

  test('takes a time that is linear in the text, whatever the pattern', () => {
    const pattern = `${'a?'.repeat(90)}${'a'.repeat(90)}b`;
    expect(redact(pattern, 'a'.repeat(5000))).toBe('a'.repeat(5000));
  });
});

test.each(BUILT_IN_RULES.map(({ name, find }) => [name, find] as const))('%s bears hostile texts', (_, find) => {
  const pieces = [
    'a',
    '-',
    '.',
    ' ',
    '1',
    '1-',
    'a.',
    '@',
    'a@',
    '://',
    'a:',
    '=',
    'password=',
    '-----BEGIN PRIVATE KEY-----',
    'eyJa',
    'sk-',
  ];
  for (const piece of pieces) find(piece.repeat(Math.ceil(65_000 / piece.length)), 'p');
});
