import type { ListItem, ListQuery } from '../../../local/s3/disk/list-page.ts';

const compareUtf8 = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** What a listing holds in all, said the slow way: roll up, drop doubles, sort by bytes, drop what is not behind the start. */
export const modelListing = (keys: readonly string[], query: Omit<ListQuery, 'limit'>): readonly ListItem[] => {
  const { prefix, delimiter, after } = query;
  const rolledUp = [...new Set(keys)]
    .filter((key) => key.startsWith(prefix))
    .map((key): ListItem => {
      const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
      return end < 0 ? { kind: 'key', name: key } : { kind: 'prefix', name: key.slice(0, end + delimiter.length) };
    });
  const unique = new Map(rolledUp.map((item) => [`${item.kind} ${item.name}`, item]));
  return [...unique.values()]
    .filter(({ name }) => after === undefined || compareUtf8(name, after) > 0)
    .sort((a, b) => compareUtf8(a.name, b.name));
};
