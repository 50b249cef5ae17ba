import type { WrittenJson } from '../../protocol/written-json.ts';
import type { Store } from '../../store/store.ts';

/** A page of a metric's history that a client will ask for. */
export interface HistoryQuestion {
  readonly runId: string;
  readonly key: string;
  readonly token: string;
  readonly maxResults: number | undefined;
}

export interface HistoryPageAnswer {
  readonly answer: WrittenJson;
  readonly nextToken: string | undefined;
}

/**
 * Pages of histories, made while the client still reads the page before. One is given out only when nothing has been
 * appended to the run since it was begun: whoever was told that his points are kept finds them.
 */
export interface HistoryAhead {
  /** Begins to make a page; what fails is told of, and whoever asks for the page makes it. */
  readonly begin: (question: HistoryQuestion, make: () => Promise<HistoryPageAnswer>) => void;
  /** Takes a page out, which may still be under way; undefined where there is none. */
  readonly take: (question: HistoryQuestion) => Promise<HistoryPageAnswer | undefined>;
  /** The store through which all points must be appended. */
  readonly watch: (store: Store) => Store;
  /** Waits for what is under way. */
  readonly stop: () => Promise<void>;
}

export interface HistoryAheadProps {
  /** Lets the answer out before the next one is made. */
  readonly pause: () => Promise<void>;
  readonly report: (message: string, cause: unknown) => void;
  /** Resolves when a page has waited long enough for its client. */
  readonly lifetime: () => Promise<void>;
}

/** Each has up to 5 MB. */
const MAX_PAGES = 4;

interface Prepared {
  readonly runId: string;
  readonly page: Promise<HistoryPageAnswer | undefined>;
}

/** All that is asked: a token of another metric, or of a run that the caller may not see, leads nowhere. */
const nameOf = ({ runId, key, token, maxResults }: HistoryQuestion): string =>
  JSON.stringify([runId, key, token, maxResults]);

export function createHistoryAhead({ pause, report, lifetime }: HistoryAheadProps): HistoryAhead {
  const prepared = new Map<string, Prepared>();
  /** Those too that nobody will be given. */
  const underWay = new Set<Promise<unknown>>();

  const forgetRun = (runId: string): void => {
    for (const [name, one] of prepared) if (one.runId === runId) prepared.delete(name);
  };

  return {
    begin: (question, make) => {
      const page = pause()
        .then(make)
        .catch((error) => {
          report('could not read a history ahead', error);
          return undefined;
        })
        .finally(() => underWay.delete(page));
      underWay.add(page);
      const name = nameOf(question);
      const one = { runId: question.runId, page };
      prepared.set(name, one);
      const [oldest] = prepared.keys();
      if (prepared.size > MAX_PAGES && oldest !== undefined) prepared.delete(oldest);
      void lifetime().then(() => {
        if (prepared.get(name) === one) prepared.delete(name);
      });
    },
    take: async (question) => {
      const name = nameOf(question);
      const one = prepared.get(name);
      prepared.delete(name);
      return one?.page;
    },
    watch: (store) => ({
      ...store,
      appendMetrics: async (run, points) => {
        try {
          await store.appendMetrics(run, points);
        } finally {
          forgetRun(run.runId);
        }
      },
    }),
    stop: async () => {
      await Promise.all(underWay);
    },
  };
}
