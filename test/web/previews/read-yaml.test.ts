import { describe, expect, test } from 'vitest';
import { readYaml } from '../../../web/previews/read-yaml.ts';

describe('YAML as PyYAML writes it', () => {
  test('holds maps in maps, and lists as far in as their keys', () => {
    const text =
      'flavors:\n  sklearn:\n    code: null\n    version: 1.5.2\nmetadata: {}\nlist:\n- a\n- b: 1\n  c: 2\n-\n  - x\nend: yes\n';
    expect(readYaml(text)).toEqual({
      flavors: { sklearn: { code: 'null', version: '1.5.2' } },
      metadata: {},
      list: ['a', { b: '1', c: '2' }, ['x']],
      end: 'yes',
    });
  });

  test('holds texts in quotes, folded over lines', () => {
    const text = "one: 'a: b\n  ''c''\n\n  d'\ntwo: \"x\\ty \\\n  \\ z\"\nthree: plain words\n  go on # said aside\n";
    expect(readYaml(text)).toEqual({ one: "a: b 'c'\nd", two: 'x\ty  z', three: 'plain words go on' });
  });

  test('holds literal texts', () => {
    expect(readYaml('a: |\n  one\n    two\n\n  three\nb: 1\n')).toEqual({ a: 'one\n  two\n\nthree', b: '1' });
  });

  test('keeps keys in quotes and dates with colons', () => {
    expect(readYaml("'a b': 1\ntime: '2026-01-02 03:04:05'\nlater: 2026-01-02 03:04:05\n")).toEqual({
      'a b': '1',
      time: '2026-01-02 03:04:05',
      later: '2026-01-02 03:04:05',
    });
  });

  test.each(['a: &b 1', 'a: {b: 1}', "a: 'no end", 'a: 1\n   b: 2'])('refuses what it does not know: %j', (text) => {
    expect(() => readYaml(text)).toThrow();
  });
});
