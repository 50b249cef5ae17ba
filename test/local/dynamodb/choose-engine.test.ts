import { expect, test } from 'vitest';
import { chooseEngine } from '../../../local/dynamodb/choose-engine.ts';

const found = { kind: 'found', binary: '/bin/dynoxide' } as const;
const missing = { kind: 'missing', why: 'it is not installed' } as const;

test.each([
  ['the native engine where it runs', undefined, undefined, found, 'dynoxide', 'its binary runs here'],
  ['dynalite elsewhere', undefined, undefined, missing, 'dynalite', 'it is not installed'],
  ['the engine that wrote the folder', undefined, 'dynalite', found, 'dynalite', 'it wrote the data folder'],
  ['the engine asked for', 'dynalite', undefined, found, 'dynalite', 'it was asked for'],
] as const)('chooses %s', (_, wanted, stored, dynoxide, engine, why) => {
  expect(chooseEngine({ wanted, stored, dynoxide })).toMatchObject({ engine, why });
});

test('says that the data of another engine stays unused', () => {
  const { why } = chooseEngine({ wanted: 'dynalite', stored: 'dynoxide', dynoxide: found });
  expect(why).toBe('it was asked for (the data that dynoxide wrote to this folder stays unused)');
});

test.each([
  ['asked for', 'dynoxide', undefined, 'because it was asked for, but it is not installed'],
  ['the writer of the folder', undefined, 'dynoxide', 'because it wrote the data folder, but it is not installed'],
] as const)('throws when the missing engine is %s', (_, wanted, stored, message) => {
  expect(() => chooseEngine({ wanted, stored, dynoxide: missing })).toThrow(message);
});
