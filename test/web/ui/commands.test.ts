import { describe, expect, test } from 'vitest';
import { inTurns } from '../../../web/ui/actions/in-turns.ts';
import { bestMatches } from '../../../web/ui/combo-box/best-matches.ts';
import { type Command, commandOf, keysOf, shortcutOf } from '../../../web/ui/commands/command.ts';
import { entriesOf, matchingEntries } from '../../../web/ui/commands/palette-entries.ts';

const command = (id: string, rest: Partial<Command> = {}): Command => ({
  id,
  title: id,
  run: () => undefined,
  ...rest,
});
const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

describe('shortcutOf', () => {
  test('is the key alone, or with Ctrl or ⌘', () => {
    expect(shortcutOf(press('?'))).toBe('?');
    expect(shortcutOf(press('K', { ctrlKey: true }))).toBe('mod+k');
    expect(shortcutOf(press('k', { metaKey: true }))).toBe('mod+k');
  });

  test('is none with Alt, which writes letters', () => {
    expect(shortcutOf(press('x', { altKey: true }))).toBeUndefined();
  });
});

describe('the palette', () => {
  const groups = [
    { title: 'Everywhere', commands: [command('palette'), command('Show shortcuts', { shortcut: '?' })] },
    { title: 'Run', commands: [command('Rename'), command('Restore', { disabledReason: 'It is there' })] },
  ];
  const titles = (typed: string) => matchingEntries(entriesOf(groups, 'palette'), typed).map(({ title }) => title);

  test('offers what can be done now, of the inner view first', () => {
    expect(titles('')).toEqual(['Rename', 'Show shortcuts']);
  });

  test('finds by all words, in titles and groups; a beginning comes first', () => {
    expect(titles('RUN re')).toEqual(['Rename']);
    expect(titles('e')).toEqual(['Rename', 'Show shortcuts']);
    expect(titles('sh')).toEqual(['Show shortcuts']);
    expect(titles('nothing')).toEqual([]);
  });
});

describe('commandOf', () => {
  test('finds the one of the inner view', () => {
    const [outer, inner] = [command('outer', { shortcut: 'x' }), command('inner', { shortcut: 'x' })];
    expect(commandOf([outer, inner], 'x')).toBe(inner);
  });

  test('leaves fields and dialogs their keys, but for commands that reach there', () => {
    const near = command('near', { shortcut: 'F6' });
    const search = command('search', { shortcut: 'F6', reach: 'fields' });
    const far = command('far', { shortcut: 'F6', reach: 'everywhere' });
    expect(commandOf([near], 'F6', 'field')).toBeUndefined();
    expect(commandOf([far, search, near], 'F6', 'field')).toBe(search);
    expect(commandOf([far, search, near], 'F6', 'overlay')).toBe(far);
  });

  test('passes over what cannot be done now', () => {
    expect(commandOf([command('a', { shortcut: 'x', disabledReason: 'no' })], 'x')).toBeUndefined();
  });
});

test('keys are shown as the machine calls them', () => {
  expect(keysOf('mod+k', true)).toEqual(['⌘', 'K']);
  expect(keysOf('mod+k', false)).toEqual(['Ctrl', 'K']);
  expect(keysOf('ArrowDown', false)).toEqual(['↓']);
});

describe('bestMatches', () => {
  const keys = Array.from({ length: 12_000 }, (_, index) => `layer_${index}/loss`);

  test('shows a few of many, and says how many there are', () => {
    const { items, count } = bestMatches(keys, '');
    expect(items).toHaveLength(100);
    expect(count).toBe(12_000);
  });

  test('puts what begins with the text first, whatever its case', () => {
    expect(bestMatches(['val_loss', 'Loss', 'acc'], 'LOSS').items).toEqual(['Loss', 'val_loss']);
  });
});

describe('inTurns', () => {
  test('does all, six at once at most, and gives back what failed', async () => {
    let atOnce = 0;
    let most = 0;
    const act = async (item: number) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await Promise.resolve();
      atOnce -= 1;
      if (item === 7) throw new Error('seven');
    };
    const done: number[] = [];
    const { failures } = await inTurns(
      Array.from({ length: 20 }, (_, item) => item),
      act,
      (count) => done.push(count),
    );
    expect(most).toBeLessThanOrEqual(6);
    expect(done).toHaveLength(20);
    expect(failures.map(({ item }) => item)).toEqual([7]);
  });
});
