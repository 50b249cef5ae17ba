import type { Pair, Point } from '../support/tracking-api.ts';

/** All that a server has acknowledged, by run: what it must still hold, and nothing else. */
export interface Journal {
  /** How many calls were acknowledged. */
  readonly count: number;
  /** How many calls lost their connection before the answer came: they may or may not have been done. */
  readonly cutOff: number;
  readonly runs: ReadonlyMap<string, RunRecord>;
  /** The content of each artifact by its whole path. */
  readonly artifacts: ReadonlyMap<string, Uint8Array>;
  addRun(runId: string): void;
  addPoints(runId: string, points: readonly Point[]): void;
  addParam(runId: string, pair: Pair): void;
  setTag(runId: string, pair: Pair): void;
  setArtifact(path: string, content: Uint8Array): void;
  /** Counts a call whose writes are noted, and wakes who waits for it. */
  acknowledge(): void;
  noteCutOff(): void;
  /** Resolves when this many calls are acknowledged. */
  reaches(count: number): Promise<void>;
}

interface RunRecord {
  readonly points: Map<string, Point[]>;
  readonly params: Map<string, string>;
  readonly tags: Map<string, string>;
}

export const newJournal = (): Journal => {
  const runs = new Map<string, RunRecord>();
  const artifacts = new Map<string, Uint8Array>();
  const waiting = new Set<() => void>();
  let count = 0;
  let cutOff = 0;
  const recordOf = (runId: string): RunRecord => {
    const found = runs.get(runId) ?? { points: new Map(), params: new Map(), tags: new Map() };
    runs.set(runId, found);
    return found;
  };
  return {
    get count() {
      return count;
    },
    get cutOff() {
      return cutOff;
    },
    runs,
    artifacts,
    addRun: (runId) => void recordOf(runId),
    addPoints: (runId, points) => {
      const byKey = recordOf(runId).points;
      for (const point of points) {
        const logged = byKey.get(point.key);
        if (logged) logged.push(point);
        else byKey.set(point.key, [point]);
      }
    },
    addParam: (runId, { key, value }) => void recordOf(runId).params.set(key, value),
    setTag: (runId, { key, value }) => void recordOf(runId).tags.set(key, value),
    setArtifact: (path, content) => void artifacts.set(path, content),
    acknowledge: () => {
      count += 1;
      for (const wake of waiting) wake();
    },
    noteCutOff: () => {
      cutOff += 1;
    },
    reaches: (wanted) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (count < wanted) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
  };
};
