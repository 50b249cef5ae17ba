import { sleep } from '../../functions/platform/system.ts';
import { CommandError } from '../command-error.ts';

/** An answer, whole. */
export interface PlainAnswer {
  readonly status: number;
  readonly text: string;
}

/** Carries a request to a server and its answer back; rejects when there is none. */
export type Send = (method: 'GET' | 'POST', path: string, body?: string) => Promise<PlainAnswer>;

/** The tracking API as the seeder needs it. What a server refuses is thrown as CommandError. */
export interface Calls {
  readonly post: (operation: string, body: object) => Promise<unknown>;
  /** Undefined where the server answers 404. */
  readonly find: (operation: string, query: Readonly<Record<string, string>>) => Promise<unknown>;
}

const API_PATH = '/api/2.0/mlflow/';
const PASSING = new Set([429, 502, 503, 504]);
const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 250;

/** Makes calls that are sent again while the server is only busy. */
export function createCalls(send: Send): Calls {
  const post = async (operation: string, body: object): Promise<unknown> => {
    const answer = await sendPatiently(() => send('POST', API_PATH + operation, JSON.stringify(body)));
    if (answer.status !== 200) throw refused(operation, answer);
    return JSON.parse(answer.text);
  };
  const find: Calls['find'] = async (operation, query) => {
    const answer = await sendPatiently(() => send('GET', `${API_PATH}${operation}?${new URLSearchParams(query)}`));
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw refused(operation, answer);
    return JSON.parse(answer.text);
  };
  return { post, find };
}

async function sendPatiently(send: () => Promise<PlainAnswer>): Promise<PlainAnswer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await send();
    if (tries === ATTEMPTS || !PASSING.has(answer.status)) return answer;
    await sleep(FIRST_PAUSE_MS * 2 ** (tries - 1));
  }
}

const refused = (operation: string, { status, text }: PlainAnswer): CommandError =>
  new CommandError(`${operation} was answered ${status}: ${text.slice(0, 300)}`, 1);
