import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMBINATIONS } from '../../../infra/settings/combinations.ts';
import { RULES } from '../../../infra/settings/rules.ts';
import { settings } from '../../../infra/settings/schema.ts';

const DOCS = readFileSync(join(import.meta.dirname, '../../../docs/deploy.md'), 'utf8');
/** The table of settings: names, and what they are where nothing is said. */
const ROWS = new Map(
  [...DOCS.matchAll(/^\| `tracklet:(\w+)` *\| ([^|]*?) *\|/gm)].map(([, name = '', value = '']) => [name, value]),
);
const KEYS = Object.keys(settings.shape);

describe('docs/deploy.md', () => {
  it('has each setting once, and no other', () => {
    expect([...ROWS.keys()].toSorted()).toEqual(KEYS.toSorted());
  });

  it('tells of each what it is where nothing is said', () => {
    const read = Object.entries(settings.parse({}));
    const plain = read.filter(([, value]) => typeof value === 'string' || typeof value === 'number');
    expect(plain.length).toBeGreaterThan(10);
    for (const [key, value] of plain) expect(ROWS.get(key), key).toBe(`\`${value}\``);
  });

  it('names no setting that there is none of', () => {
    const named = [...DOCS.matchAll(/tracklet:(\w+)/g)].map(([, name = '']) => name);
    // The tag on all resources is called like the setting.
    expect(named.filter((name) => !KEYS.includes(name))).toEqual([]);
  });

  it('leads to headings that are there', () => {
    const headings = [...DOCS.matchAll(/^#+ (.*)$/gm)].map(([, text = '']) =>
      text
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    for (const [, target = ''] of DOCS.matchAll(/\]\(#([\w-]+)\)/g)) expect(headings).toContain(target);
  });
});

describe('the rules', () => {
  it('have a sentence for each setting', () => {
    expect(Object.keys(RULES).toSorted()).toEqual(KEYS.toSorted());
    for (const rule of Object.values(RULES)) expect(rule).toMatch(/^must be /);
  });

  it('name only settings that there are, where some do not go together', () => {
    for (const { key, rule } of COMBINATIONS) {
      expect(KEYS).toContain(key);
      for (const [, name = ''] of rule.matchAll(/\{\}(\w+)/g)) expect(KEYS).toContain(name);
    }
  });
});
