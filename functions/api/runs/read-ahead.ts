import type { WrittenJson } from '../../protocol/written-json.ts';

/** A run as it is, by the name that the store gave it, and as it goes on the wire. */
export interface WrittenRun {
  readonly version: string;
  readonly written: WrittenJson;
}

/**
 * Runs of the next page of a walk, written while the client still reads the last page. What is on that page is found out
 * when it is asked for, as ever: of what was written ahead only that is taken which is still the same.
 */
export interface ReadAhead {
  /** Begins to write what the token leads to, piece by piece; what fails is told of, and the walk goes on without. */
  readonly begin: (token: string, pieces: AsyncIterable<readonly WrittenRun[]>) => void;
  /** Ends what was begun for the token: who has come for it writes the rest. */
  readonly end: (token: string) => void;
  /** Takes a run out; undefined when it is not there. */
  readonly take: (version: string) => WrittenJson | undefined;
  /** Ends all that was begun, and waits for what is under way. */
  readonly stop: () => Promise<void>;
}

export interface ReadAheadProps {
  /** Lets others have their turn, between two pieces and before the first. */
  readonly pause: () => Promise<void>;
  readonly report: (message: string, cause: unknown) => void;
  /** Of what is kept, and of what is written for one page: what has waited longest goes first. */
  readonly maxBytes: number;
}

export function createReadAhead({ pause, report, maxBytes }: ReadAheadProps): ReadAhead {
  const kept = new Map<string, WrittenJson>();
  /** Those that go on, by their tokens; and all that have not come to their end. */
  const begun = new Set<string>();
  const running = new Set<Promise<void>>();
  let bytes = 0;

  const take = (version: string): WrittenJson | undefined => {
    const written = kept.get(version);
    if (written !== undefined) {
      kept.delete(version);
      bytes -= sizeOf(written);
    }
    return written;
  };

  const keep = ({ version, written }: WrittenRun): void => {
    take(version);
    kept.set(version, written);
    bytes += sizeOf(written);
    for (const oldest of kept.keys()) {
      if (bytes <= maxBytes) return;
      take(oldest);
    }
  };

  const prepare = async (token: string, pieces: AsyncIterable<readonly WrittenRun[]>): Promise<void> => {
    await pause();
    let room = maxBytes;
    if (!begun.has(token)) return;
    for await (const piece of pieces) {
      room -= piece.reduce((sum, { written }) => sum + sizeOf(written), 0);
      if (room < 0) return;
      piece.forEach(keep);
      await pause();
      if (!begun.has(token)) return;
    }
  };

  return {
    begin: (token, pieces) => {
      begun.add(token);
      const ending = prepare(token, pieces)
        .catch((error) => report('could not read ahead', error))
        .finally(() => {
          begun.delete(token);
          running.delete(ending);
        });
      running.add(ending);
    },
    end: (token) => {
      begun.delete(token);
    },
    take,
    stop: async () => {
      begun.clear();
      await Promise.all(running);
    },
  };
}

const sizeOf = ({ chunks }: WrittenJson): number => chunks.reduce((sum, { length }) => sum + length, 0);
