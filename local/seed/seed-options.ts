import { parseArgs } from 'node:util';
import { CommandError } from '../command-error.ts';
import type { WorldProps } from './believable-families.ts';

/** Where the runs go: a running server, or a data dir that no server holds. */
export type SeedTarget =
  | { readonly kind: 'server'; readonly url: string }
  | { readonly kind: 'data-dir'; readonly dataDir: string };

export interface SeedOptions {
  readonly world: WorldProps;
  readonly target: SeedTarget;
  /** One experiment for all runs; undefined spreads them over one a project. */
  readonly experiment: string | undefined;
  readonly concurrency: number;
}

/** How `seed` is called. */
export const SEED_USAGE = `Options of seed:
  --runs N           how many runs to make (1000)
  --url URL          a running server to send them to (http://127.0.0.1:5000)
  --data-dir DIR     write to this folder's stores instead, with no server in between
  --experiment NAME  put all runs into one experiment (one for each of five projects)
  --seed N           the same seed makes the same runs (1)
  --until DATE       the runs lie in the 180 days before (2026-11-01)
  --metrics N        metrics of a run (10)
  --points N         values of each metric; a few runs have 50 times as many (100)
  --params N         params of a run (15)
  --tags N           tags of a run, besides notes and parents (8)
  --concurrency N    runs written at once (32)`;

const URL_DEFAULT = 'http://127.0.0.1:5000';

const OPTIONS = {
  runs: { type: 'string', default: '1000' },
  url: { type: 'string' },
  'data-dir': { type: 'string' },
  experiment: { type: 'string' },
  seed: { type: 'string', default: '1' },
  until: { type: 'string', default: '2026-11-01' },
  metrics: { type: 'string', default: '10' },
  points: { type: 'string', default: '100' },
  params: { type: 'string', default: '15' },
  tags: { type: 'string', default: '8' },
  concurrency: { type: 'string', default: '32' },
} as const;

/** Reads the options of `seed`; throws CommandError naming the one that is wrong. */
export function parseSeedOptions(args: readonly string[]): SeedOptions {
  const values = parse(args);
  const number = (name: 'runs' | 'seed' | 'metrics' | 'points' | 'params' | 'tags' | 'concurrency', least: number) =>
    parseCount(name, values[name], least);
  const size = {
    metrics: number('metrics', 0),
    points: number('points', 0),
    params: number('params', 0),
    tags: number('tags', 0),
  };
  return {
    world: { seed: number('seed', 0), runs: number('runs', 1), size, until: parseDate(values.until) },
    target: parseTarget(values.url, values['data-dir']),
    experiment: values.experiment,
    concurrency: number('concurrency', 1),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (cause) {
    throw new CommandError(`${cause instanceof Error ? cause.message : cause}\n\n${SEED_USAGE}`);
  }
}

function parseCount(name: string, text: string, least: number): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= least && Number.isSafeInteger(count)) return count;
  throw new CommandError(`--${name} ${text} is no count; give a whole number from ${least}.`);
}

function parseDate(text: string): number {
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new CommandError(`--until ${text} is no date; give one such as 2026-11-01.`);
}

function parseTarget(url: string | undefined, dataDir: string | undefined): SeedTarget {
  if (url !== undefined && dataDir !== undefined) {
    throw new CommandError('--url is a running server and --data-dir goes without one; give one of the two.');
  }
  if (dataDir !== undefined) return { kind: 'data-dir', dataDir };
  if (!URL.canParse(url ?? URL_DEFAULT)) throw new CommandError(`--url ${url} is no URL; give one as ${URL_DEFAULT}.`);
  return { kind: 'server', url: url ?? URL_DEFAULT };
}
