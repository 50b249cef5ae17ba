import { expect, test } from 'vitest';
import { attachment } from '../../functions/domain/attachment.ts';

test.each([
  ['a.txt', 'attachment; filename=a.txt'],
  ['a+b', 'attachment; filename=a+b'],
  ['100%', 'attachment; filename=100%'],
  ['a b', 'attachment; filename="a b"'],
  ['a"b\\c', String.raw`attachment; filename="a\"b\\c"`],
  ['é.txt', "attachment; filename=e.txt; filename*=UTF-8''%C3%A9.txt"],
  ["'é(1)*'", "attachment; filename=\"'e(1)*'\"; filename*=UTF-8''%27%C3%A9%281%29%2A%27"],
  ['漢', 'attachment; filename=""; filename*=UTF-8\'\'%E6%BC%A2'],
  ['', 'attachment; filename=""'],
])('of %j is %s', (name, header) => {
  expect(attachment(name, name.normalize('NFKD'))).toBe(header);
});

test('goes without the letters that nobody has decomposed', () => {
  expect(attachment('é.txt', 'é.txt')).toBe("attachment; filename=.txt; filename*=UTF-8''%C3%A9.txt");
});
