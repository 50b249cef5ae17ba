import { parseArgs } from 'node:util';
import { parseDuration } from '../../functions/domain/duration.ts';
import { MlflowError } from '../../functions/domain/errors.ts';
import { authorizationOf, DEFAULT_URL, type Environment, serverUrl } from '../client-settings.ts';
import { CommandError } from '../command-error.ts';

/** Where the deleted things are: behind a server, or in the folder of one that does not run. */
export type GcTarget =
  | { readonly kind: 'url'; readonly url: string; readonly authorization: string | undefined }
  | { readonly kind: 'data-dir'; readonly dataDir: string };

export interface GcOptions {
  readonly target: GcTarget;
  readonly olderThanMs: number | undefined;
  readonly runIds: readonly string[];
  readonly experimentIds: readonly string[];
  readonly modelIds: readonly string[];
  readonly isDryRun: boolean;
}

export const GC_USAGE = `Options of gc, which removes for good what was deleted, with its files:
  --older-than TIME       only what was deleted at least so long ago: 30d, 1d2h3m4s
  --run-ids A,B           these runs; with any ids, what they name is removed and nothing else
  --experiment-ids A,B    these experiments, with their runs and logged models
  --logged-model-ids A,B  these logged models
  --dry-run               only tell what would be removed
  --url URL               a running server ($MLFLOW_TRACKING_URI, else ${DEFAULT_URL}); it is told who asks by
                          $MLFLOW_TRACKING_USERNAME and $MLFLOW_TRACKING_PASSWORD, or $MLFLOW_TRACKING_TOKEN
  --data-dir DIR          the folder of a server that is stopped, in the place of a URL`;

/** Reads the options of `gc`; throws CommandError naming the one that is wrong. */
export function parseGcOptions(args: readonly string[], env: Environment): GcOptions {
  const { values } = parse(args);
  return {
    target: targetOf(values.url, values['data-dir'], env),
    olderThanMs: values['older-than'] === undefined ? undefined : ageOf(values['older-than']),
    runIds: idsOf('run-ids', values['run-ids']),
    experimentIds: idsOf('experiment-ids', values['experiment-ids']),
    modelIds: idsOf('logged-model-ids', values['logged-model-ids']),
    isDryRun: values['dry-run'],
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        'older-than': { type: 'string' },
        'run-ids': { type: 'string' },
        'experiment-ids': { type: 'string' },
        'logged-model-ids': { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        url: { type: 'string' },
        'data-dir': { type: 'string' },
      },
    });
  } catch (cause) {
    throw new CommandError(`${cause instanceof Error ? cause.message : cause}\n\n${GC_USAGE}`);
  }
}

function targetOf(url: string | undefined, dataDir: string | undefined, env: Environment): GcTarget {
  if (dataDir !== undefined) {
    if (url !== undefined) throw new CommandError('--url and --data-dir cannot go together; give one of the two.');
    return { kind: 'data-dir', dataDir };
  }
  return {
    kind: 'url',
    url: serverUrl(url, env, 'give --url http://... or --data-dir.'),
    authorization: authorizationOf(env),
  };
}

/** An option that names nothing is a mistake, such as of an unset variable: without it all that was deleted would go. */
function idsOf(option: string, text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const ids = text.split(',').map((id) => id.trim());
  if (ids.includes(''))
    throw new CommandError(`--${option} '${text}' names nothing; give ids with commas between them.`);
  return ids;
}

/** A time as `gc --older-than` and `serve --gc-after` take it. */
export function ageOf(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    throw error instanceof MlflowError ? new CommandError(error.message) : error;
  }
}
