import { believableFamilies, type Family, type WorldProps } from './believable-families.ts';
import type { Written } from './progress.ts';
import type { Project } from './projects.ts';
import type { RunWriter } from './run-writer.ts';
import { writeFamily } from './write-family.ts';

interface WriteProps {
  readonly writer: RunWriter;
  readonly world: WorldProps;
  /** One experiment for all runs; undefined gives each project its own. */
  readonly experiment: string | undefined;
  readonly concurrency: number;
  /** Hears of each family that is written, with all that is written so far. */
  readonly onWritten: (written: Written) => void;
  /** Once aborted, no new family is begun. */
  readonly signal: AbortSignal;
}

/** Writes the runs of a world, `concurrency` families at once, and gives what was written. The first failure ends it. */
export async function writeWorld(props: WriteProps): Promise<Written> {
  const { writer, world, onWritten } = props;
  const experimentOf = experimentsOf(props);
  let written: Written = { runs: 0, points: 0 };
  await forEachAtOnce(believableFamilies(world), props, async (family) => {
    await writeFamily(writer, await experimentOf(family.project), family);
    written = { runs: written.runs + runsOf(family), points: written.points + pointsOf(family) };
    onWritten(written);
  });
  return written;
}

/** Opens each experiment once, at first need. */
function experimentsOf({ writer, experiment }: WriteProps): (project: Project) => Promise<string> {
  const ids = new Map<string, Promise<string>>();
  return (project) => {
    const name = experiment ?? project.name;
    const id = ids.get(name) ?? writer.openExperiment(name, project);
    ids.set(name, id);
    return id;
  };
}

type Limits = Pick<WriteProps, 'concurrency' | 'signal'>;

/** Works on so many items at once; after a failure or the signal, no further one is begun, and those begun are awaited. */
async function forEachAtOnce<T>(
  items: Iterator<T>,
  { concurrency, signal }: Limits,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const failure = new AbortController();
  const worker = async (): Promise<void> => {
    for (let next = items.next(); !next.done; next = items.next()) {
      await work(next.value);
      if (signal.aborted || failure.signal.aborted) return;
    }
  };
  const workers = Array.from({ length: concurrency }, () =>
    worker().catch((error: unknown) => {
      failure.abort();
      throw error;
    }),
  );
  await Promise.allSettled(workers);
  await Promise.all(workers);
}

const runsOf = ({ children }: Family): number => 1 + children.length;

const pointsOf = ({ parent, children }: Family): number =>
  [parent, ...children].reduce((sum, { points }) => sum + points.length, 0);
