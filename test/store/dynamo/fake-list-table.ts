import { upTo } from '../samples.ts';

/** A table of things that only have a version: how often they were written. It takes its time, and counts its readings. */
export function fakeListTable<T>(random: () => number, make: (id: string, version: number) => T) {
  const versions = new Map<string, number>();
  const counts = { all: 0, one: 0 };
  const failures = { left: 0 };
  const pause = async () => {
    for (const _ of upTo(Math.floor(random() * 12))) await Promise.resolve();
  };
  const failAtTimes = () => {
    if (failures.left === 0) return;
    failures.left -= 1;
    throw new Error('throttled');
  };
  return {
    versions,
    counts,
    failures,
    pause,
    write: async (id: string) => {
      await pause();
      const version = (versions.get(id) ?? 0) + 1;
      versions.set(id, version);
      await pause();
      return version;
    },
    readAll: async () => {
      counts.all += 1;
      failAtTimes();
      // Page by page, as a query does: what is written meanwhile is in one page and not in another.
      const found: T[] = [];
      for (const id of [...versions.keys()]) {
        found.push(make(id, versions.get(id) ?? 0));
        await pause();
      }
      return found;
    },
    readOne: async (id: string) => {
      counts.one += 1;
      failAtTimes();
      await pause();
      const version = versions.get(id);
      await pause();
      return version === undefined ? undefined : make(id, version);
    },
  };
}
