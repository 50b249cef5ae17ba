import { parseArgs } from 'node:util';
import { MlflowError } from '../functions/domain/errors.ts';
import type { Permission } from '../functions/domain/permission.ts';
import { compilePattern } from '../functions/domain/redaction/compile-pattern.ts';
import { REDACTION_MODES, type RedactionMode } from '../functions/domain/redaction/redact.ts';
import type { Rule } from '../functions/domain/redaction/spans.ts';
import type { OriginRules } from './check-origins.ts';
import { CommandError } from './command-error.ts';
import { ageOf } from './gc/gc-options.ts';
import { OIDC_ARGUMENTS, OIDC_USAGE, parseOidcOptions, parsePublicUrl, type ServedOidc } from './oidc-options.ts';

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
  /** Who may do what: everybody everything, or users by password and token, or by a provider and token. */
  readonly auth: AuthMode;
  /** Where users sign in; undefined where they sign in here, or not at all. */
  readonly oidc: ServedOidc | undefined;
  /** How browsers reach the server, as `https://tracklet.example.org`; undefined where requests tell. */
  readonly publicOrigin: string | undefined;
  /** What users may do where nothing was granted to them. */
  readonly defaultPermission: Permission;
  readonly originRules: OriginRules;
  readonly redaction: Redaction;
  /** The file in which events of the registry are recorded; undefined for nowhere. */
  readonly eventLog: string | undefined;
}

/** What is done about secrets in params, tags and sources of datasets. */
export interface Redaction {
  readonly mode: RedactionMode;
  /** Besides those that are built in. */
  readonly rules: readonly Rule[];
}

export type AuthMode = (typeof AUTH_MODES)[number];

const AUTH_MODES = ['none', 'basic', 'oidc'] as const;
const DEFAULT_PERMISSIONS: readonly Permission[] = ['READ', 'USE', 'EDIT', 'MANAGE', 'NO_PERMISSIONS'];
const ARTIFACT_ACCESSES = ['proxied', 'direct'] as const;

export type ArtifactAccess = (typeof ARTIFACT_ACCESSES)[number];

export const SERVE_USAGE = `Options of serve:
  --host HOST        address to listen on (127.0.0.1)
  --port PORT        port to listen on, 0 for any free one (5000)
  --data-dir DIR     folder of the stores (.tracklet)
  --ephemeral        keep everything in memory; it is gone when the server stops
  --auth MODE        none: everybody may do everything; basic: users sign in by password or token;
                     oidc: users sign in at an OpenID provider, or by token (none)
${OIDC_USAGE}
  --public-url URL   how browsers reach the server, when it is behind a proxy: https://tracklet.example.org
  --default-permission LEVEL
                     what users may do where nothing was granted: READ, USE, EDIT, MANAGE or NO_PERMISSIONS (READ)
  --allowed-hosts HOSTS
                     values of Host that are answered, with *, by commas (this machine and private addresses)
  --cors-allowed-origins ORIGINS
                     other origins whose pages may call, with *, by commas (this machine's own alone)
  --artifact-access  'proxied' by the server, or 'direct': clients open s3:// by themselves (proxied)
  --redaction MODE   secrets in params, tags and sources of datasets: refuse, mask, flag (in the log) or off (off)
  --redaction-pattern NAME=PATTERN
                     one more kind of secret, such as EMPLOYEE=EMP-\\d{6}; may be given several times
  --engine ENGINE    embedded DynamoDB: dynoxide or dynalite (the faster one that is installed)
  --event-log FILE   record the registry's events there, as they go to EventBridge on AWS (nowhere)
  --cost-header      answers tell the DynamoDB units and S3 requests they took, in x-tracklet-cost
  --gc-after TIME    remove for good what was deleted so long ago, such as 30d, once a day (never)`;

const ENGINES = ['dynoxide', 'dynalite'] as const;

/** Reads the options of `serve`; throws CommandError naming the one that is wrong. */
export function parseServeOptions(args: readonly string[]): ServeOptions {
  const { values } = parse(args);
  const auth = AUTH_MODES.find((name) => name === values.auth);
  if (!auth) throw new CommandError(`--auth ${values.auth} is not known; use ${AUTH_MODES.join(', ')}.`);
  const defaultPermission = DEFAULT_PERMISSIONS.find((name) => name === values['default-permission']);
  if (!defaultPermission) {
    const given = values['default-permission'];
    throw new CommandError(`--default-permission ${given} is not known; use ${DEFAULT_PERMISSIONS.join(', ')}.`);
  }
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
  const publicOrigin = parsePublicUrl(values['public-url']);
  return {
    host: values.host,
    port: parsePort(values.port),
    dataDir: values.ephemeral ? undefined : (values['data-dir'] ?? '.tracklet'),
    engine,
    artifactAccess,
    hasCostHeader: values['cost-header'],
    eventLog: values['event-log'] || undefined,
    gcAfterMs: values['gc-after'] === undefined ? undefined : ageOf(values['gc-after']),
    auth,
    oidc: parseOidcOptions(auth, values),
    publicOrigin,
    defaultPermission,
    redaction: parseRedaction(values.redaction, values['redaction-pattern']),
    originRules: {
      allowedHosts: values['allowed-hosts'] === undefined ? undefined : listOf(values['allowed-hosts']),
      allowedOrigins: listOf(values['cors-allowed-origins'] ?? ''),
      publicOrigin,
    },
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
        ...OIDC_ARGUMENTS,
        'public-url': { type: 'string' },
        'default-permission': { type: 'string', default: 'READ' },
        redaction: { type: 'string', default: 'off' },
        'redaction-pattern': { type: 'string', multiple: true, default: [] },
        'allowed-hosts': { type: 'string' },
        'cors-allowed-origins': { type: 'string' },
        engine: { type: 'string' },
        'artifact-access': { type: 'string', default: 'proxied' },
        'event-log': { type: 'string' },
        'cost-header': { type: 'boolean', default: false },
        'gc-after': { type: 'string' },
      },
    });
  } catch (cause) {
    throw new CommandError(`${cause instanceof Error ? cause.message : cause}\n\n${SERVE_USAGE}`);
  }
}

function parseRedaction(modeName: string, patterns: readonly string[]): Redaction {
  const mode = REDACTION_MODES.find((name) => name === modeName);
  if (!mode) throw new CommandError(`--redaction ${modeName} is not known; use ${REDACTION_MODES.join(', ')}.`);
  return { mode, rules: patterns.map(parsePattern) };
}

function parsePattern(text: string): Rule {
  const [, name, pattern] = /^([\w-]+)=(.+)$/.exec(text) ?? [];
  if (!name || !pattern) throw new CommandError(`--redaction-pattern ${text} is not NAME=PATTERN.`);
  try {
    return compilePattern(name, pattern);
  } catch (error) {
    if (error instanceof MlflowError) throw new CommandError(error.message);
    throw error;
  }
}

const listOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new CommandError(`--port ${text} is no port; give 0 to 65535.`);
  return port;
}
