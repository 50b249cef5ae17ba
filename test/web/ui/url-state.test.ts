import { describe, expect, test } from 'vitest';
import {
  choiceField,
  fitSearch,
  flagField,
  listField,
  longListField,
  numbersField,
  readState,
  textField,
  withLeftOut,
  writeState,
} from '../../../web/ui/url-state/url-state.ts';

const schema = {
  filter: textField(),
  stage: choiceField(['active', 'deleted'], 'active'),
  nested: flagField(true),
  columns: listField(),
  widths: numbersField(),
} as const;

describe('readState', () => {
  test('gives initial values for an empty query string', () => {
    expect(readState(schema, '')).toEqual({ filter: '', stage: 'active', nested: true, columns: [], widths: {} });
  });

  test('takes the initial value for what is none of a field', () => {
    expect(readState(schema, '?stage=gone&nested=perhaps&widths=a:wide,:3')).toMatchObject({
      stage: 'active',
      nested: true,
      widths: {},
    });
  });
});

describe('writeState', () => {
  test.each([
    { filter: "metrics.loss < 0.1 AND params.`a b` = 'x&y=z'" },
    { columns: ['name', 'metrics.a,b', 'params.~1', 'tags.é %20', ''] },
    { widths: { 'metrics.a:b,c': 120, name: 300 } },
    { stage: 'deleted', nested: false, columns: ['name'] },
  ] as const)('is read back as it was written: %j', (change) => {
    expect(readState(schema, writeState(schema, '', change))).toMatchObject(change);
  });

  test('leaves initial values out, so that links stay short', () => {
    expect(writeState(schema, '?filter=x&nested=0', { filter: '', nested: true })).toBe('');
  });

  test('keeps names that are not its own', () => {
    expect(writeState(schema, '?charts=loss', { stage: 'deleted' })).toBe('?charts=loss&stage=deleted');
  });

  test('can be read by people', () => {
    expect(writeState(schema, '', { columns: ['name', 'metrics.val/loss'] })).toBe('?columns=name,metrics.val/loss');
  });
});

describe('a link that would be too long', () => {
  const long = { ...schema, selected: longListField() } as const;
  const ids = Array.from({ length: 250 }, (_, at) => at.toString(16).padStart(32, '0'));

  test('leaves out what may be left out, and nothing else', () => {
    const { search, leftOut } = fitSearch(long, writeState(long, '?charts=loss', { filter: 'x', selected: ids }));
    expect(search).toBe('?charts=loss&filter=x');
    expect(leftOut).toEqual({ selected: ids.join(',') });
    expect(readState(long, withLeftOut(long, search, leftOut)).selected).toEqual(ids);
    const columns = ids.map((id) => `metrics.${id}`);
    expect(fitSearch(long, writeState(long, '', { columns })).leftOut).toEqual({});
  });

  test('holds all of what fits', () => {
    const search = writeState(long, '', { selected: ids.slice(0, 50) });
    expect(fitSearch(long, search)).toEqual({ search, leftOut: {} });
  });

  test('says itself what is there, before what was left out', () => {
    expect(withLeftOut(long, '?selected=a', { selected: 'b' })).toBe('?selected=a');
    expect(withLeftOut(schema, '', { selected: 'b' })).toBe('');
  });
});
