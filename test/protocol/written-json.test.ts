import { expect, test } from 'vitest';
import { type WrittenJson, writtenList, writtenObject, writtenText } from '../../functions/protocol/written-json.ts';

const textOf = ({ chunks }: WrittenJson): string => Buffer.concat(chunks).toString();

test('a list has a comma between its items', () => {
  expect(textOf(writtenList([]))).toBe('[]');
  expect(textOf(writtenList([writtenText('1')]))).toBe('[1]');
  expect(textOf(writtenList([writtenText('1'), writtenText('{"a":"é"}')]))).toBe('[1,{"a":"é"}]');
});

test('an object has the fields that are there, in their order, its texts escaped', () => {
  expect(textOf(writtenObject({}))).toBe('{}');
  expect(textOf(writtenObject({ a: undefined }))).toBe('{}');
  const fields = { a: undefined, b: writtenList([]), c: undefined, d: 'say "x"', e: '' };
  expect(textOf(writtenObject(fields))).toBe(JSON.stringify({ ...fields, b: [] }));
});
