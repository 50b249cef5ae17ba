import { parseArgs } from 'node:util';
import { CommandError } from './command-error.ts';
import { ageOf } from './gc/gc-options.ts';

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  /** Where the stores keep their files; undefined keeps all in memory and a temporary folder. */
  readonly dataDir: string | undefined;
  readonly engine: 'dynoxide' | 'dynalite' | undefined;
  /** Who moves the artifacts of new experiments: the server, or clients that open the embedded S3 by themselves. */
  readonly artifactAccess: ArtifactAccess;
  /** Whether responses tell what they consumed. */
  readonly hasCostHeader: boolean;
  /** How long after its deletion things are removed for good, in ms; undefined for never. */
  readonly gcAfterMs: number | undefined;
}

const ARTIFACT_ACCESSES = ['proxied', 'direct'] as const;

export type ArtifactAccess = (typeof ARTIFACT_ACCESSES)[number];

export const SERVE_USAGE = `Options of serve:
  --host HOST        address to listen on (127.0.0.1)
  --port PORT        port to listen on, 0 for any free one (5000)
  --data-dir DIR     folder of the stores (.tracklet)
  --ephemeral        keep everything in memory; it is gone when the server stops
  --auth none        who may do what; 'none' is all there is on a laptop so far
  --artifact-access  'proxied' by the server, or 'direct': clients open s3:// by themselves (proxied)
  --engine ENGINE    embedded DynamoDB: dynoxide or dynalite (the faster one that is installed)
  --cost-header      answers tell the DynamoDB units and S3 requests they took, in x-tracklet-cost
  --gc-after TIME    remove for good what was deleted so long ago, such as 30d, once a day (never)`;

const ENGINES = ['dynoxide', 'dynalite'] as const;

/** Reads the options of `serve`; throws CommandError naming the one that is wrong. */
export function parseServeOptions(args: readonly string[]): ServeOptions {
  const { values } = parse(args);
  if (values.auth !== 'none') throw new CommandError(`--auth ${values.auth} is not known; use --auth none.`);
  if (values.ephemeral && values['data-dir'] !== undefined) {
    throw new CommandError('--ephemeral keeps nothing, so --data-dir cannot go with it; give one of the two.');
  }
  const engine = ENGINES.find((name) => name === values.engine);
  if (values.engine !== undefined && !engine) {
    throw new CommandError(`--engine ${values.engine} is not known; use ${ENGINES.join(' or ')}.`);
  }
  const artifactAccess = ARTIFACT_ACCESSES.find((name) => name === values['artifact-access']);
  if (!artifactAccess) {
    throw new CommandError(
      `--artifact-access ${values['artifact-access']} is not known; use ${ARTIFACT_ACCESSES.join(' or ')}.`,
    );
  }
  return {
    host: values.host,
    port: parsePort(values.port),
    dataDir: values.ephemeral ? undefined : (values['data-dir'] ?? '.tracklet'),
    engine,
    artifactAccess,
    hasCostHeader: values['cost-header'],
    gcAfterMs: values['gc-after'] === undefined ? undefined : ageOf(values['gc-after']),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '5000' },
        'data-dir': { type: 'string' },
        ephemeral: { type: 'boolean', default: false },
        auth: { type: 'string', default: 'none' },
        engine: { type: 'string' },
        'artifact-access': { type: 'string', default: 'proxied' },
        'cost-header': { type: 'boolean', default: false },
        'gc-after': { type: 'string' },
      },
    });
  } catch (cause) {
    throw new CommandError(`${cause instanceof Error ? cause.message : cause}\n\n${SERVE_USAGE}`);
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new CommandError(`--port ${text} is no port; give 0 to 65535.`);
  return port;
}
