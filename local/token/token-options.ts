import { parseArgs } from 'node:util';
import { TOKEN_ROLES, type TokenRole } from '../../functions/domain/token.ts';
import { CommandError } from '../command-error.ts';

export interface TokenOptions {
  readonly username: string;
  readonly role: TokenRole;
  readonly lifeSeconds: number;
  /** The only experiments it is good for; undefined for all. */
  readonly experimentIds: readonly string[] | undefined;
  readonly dataDir: string;
}

export const TOKEN_USAGE = `Options of token, which prints one for the edge (CloudFront) and keeps none. A server with --auth basic takes
tokens of which it has a record: POST /api/2.0/tracklet/tokens makes them.
  --user NAME        whose it is
  --role ROLE        what it lets do: READ, EDIT, MANAGE or ADMIN
  --expires TIME     how long it is good: 90d, 12h, 30m (90d)
  --experiments IDS  good for these experiments alone, such as 1,2 (for all)
  --data-dir DIR     folder of the stores whose key signs it (.tracklet)`;

const SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400 };
const MAX_DAYS = 3650;

/** Reads the options of `token`; throws CommandError naming the one that is wrong. */
export function parseTokenOptions(args: readonly string[]): TokenOptions {
  const { user, role, expires, experiments, 'data-dir': dataDir } = parse(args).values;
  if (user === undefined || user.trim() === '') throw mistake('--user NAME is missing; it says whose the token is.');
  if (role === undefined) throw mistake(`--role ROLE is missing; use ${TOKEN_ROLES.join(', ')}.`);
  const known = TOKEN_ROLES.find((name) => name === role.toUpperCase());
  if (known === undefined) throw mistake(`--role ${role} is not known; use ${TOKEN_ROLES.join(', ')}.`);
  return {
    username: user,
    role: known,
    lifeSeconds: parseLife(expires),
    experimentIds: experiments === undefined ? undefined : parseIds(experiments),
    dataDir,
  };
}

const mistake = (sentence: string) => new CommandError(sentence);

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        user: { type: 'string' },
        role: { type: 'string' },
        expires: { type: 'string', default: '90d' },
        experiments: { type: 'string' },
        'data-dir': { type: 'string', default: '.tracklet' },
      },
    });
  } catch (cause) {
    throw new CommandError(`${cause instanceof Error ? cause.message : cause}\n\n${TOKEN_USAGE}`);
  }
}

function parseLife(text: string): number {
  const [, digits, unit = ''] = /^(\d{1,9})([mhd])$/.exec(text) ?? [];
  const seconds = Number(digits) * (SECONDS[unit] ?? Number.NaN);
  if (seconds > 0 && seconds <= MAX_DAYS * 86_400) return seconds;
  throw mistake(
    `--expires ${text} is no time; give minutes, hours or days up to ${MAX_DAYS}d, such as 30m, 12h or 90d.`,
  );
}

function parseIds(text: string): readonly string[] {
  const ids = text.split(',').map((id) => id.trim());
  const wrong = ids.find((id) => !/^\d{1,19}$/.test(id));
  if (wrong === undefined) return ids;
  throw mistake(`--experiments ${text} is no list of experiment ids; give numbers with commas between, such as 1,2.`);
}
