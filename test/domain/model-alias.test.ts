import { describe, expect, test } from 'vitest';
import { isLatestAlias, validateAlias, validateAliasNotReserved } from '../../functions/domain/model-alias.ts';
import { expectRefusal } from './expect-refusal.ts';

describe('an alias', () => {
  test.each(['champion', 'é', '漢-1', '_', '-', '1', 'v', 'v1a', 'version1', 'latests', 'a'.repeat(255)])(
    'may be %j',
    (alias) => {
      expect(() => validateAlias(alias)).not.toThrow();
      expect(() => validateAliasNotReserved(alias)).not.toThrow();
    },
  );

  test.each(['a b', 'a.b', 'a/b', 'a@b', '\u{1f600}'])('may not be %j', (alias) => {
    expectRefusal(
      () => validateAlias(alias),
      `Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
    );
  });

  test('has 255 characters at most', () => {
    expectRefusal(
      () => validateAlias('a'.repeat(256)),
      "'Registered model alias name' exceeds the maximum length of 255 characters",
    );
  });

  test.each(['latest', 'LATEST'])('is reserved: %s', (alias) => {
    expect(isLatestAlias(alias)).toBe(true);
    expectRefusal(() => validateAliasNotReserved(alias), "'latest' alias name (case insensitive) is reserved.");
  });

  test.each(['v1', 'V12', 'v\u0661'])('is reserved: %s', (alias) => {
    expectRefusal(() => validateAliasNotReserved(alias), `Version alias name '${alias}' is reserved.`);
  });
});
