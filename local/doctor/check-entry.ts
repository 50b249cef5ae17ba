import * as z from 'zod';
import { type Answer, type Ask, jsonOf, said } from './connection.ts';
import type { Proof } from './doctor-options.ts';
import { type Finding, fault, good, note } from './finding.ts';

const SEARCH = { method: 'POST', path: '/api/2.0/mlflow/experiments/search', json: { max_results: 1 } } as const;
const REFUSED: ReadonlySet<number> = new Set([401, 403]);
const LOOPBACK = /^(?:localhost|127\.|\[::1\])/;

const whoami = z.object({
  auth: z.string(),
  username: z.string().optional(),
  is_admin: z.boolean().optional(),
  token: z.object({ role: z.string() }).nullish(),
});

/** Whether strangers are kept out, and this caller let in. */
export async function checkEntry(ask: Ask, proof: Proof, url: string): Promise<readonly Finding[]> {
  const stranger = await ask({ ...SEARCH, isAnonymous: true });
  const closed = REFUSED.has(stranger.status);
  const outside = closed ? good('strangers', `are refused (${stranger.status})`) : openTo(stranger, url);
  if (proof.kind === 'none') return [outside, ...(closed ? [fault('sign-in', WHO)] : [])];
  return [outside, await checkCaller(ask, proof)];
}

const WHO =
  'say who you are: MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_AWS_SIGV4=true';

function openTo(answer: Answer, url: string): Finding {
  if (answer.status !== 200) return fault('tracking API', `a search is answered ${said(answer)}`);
  return LOOPBACK.test(new URL(url).hostname)
    ? good('strangers', 'are let in; on this machine alone that is meant so')
    : note('strangers', 'are let in: whoever reaches this address may read and write everything');
}

async function checkCaller(ask: Ask, proof: Proof): Promise<Finding> {
  const search = await ask(SEARCH);
  if (search.status !== 200) return fault('sign-in', refusal(search, proof));
  const answer = whoami.safeParse(jsonOf(await ask({ path: '/api/2.0/tracklet/whoami' })));
  if (!answer.success) return fault('sign-in', 'MLflow answers, Tracklet does not; is this a Tracklet?');
  const { auth, username, is_admin, token } = answer.data;
  if (auth === 'none') {
    return good(
      'sign-in',
      proof.kind === 'aws' ? 'signed by AWS credentials' : 'not asked for; what was shown is not looked at',
    );
  }
  const limit = token ? ` by a token of role ${token.role}` : '';
  return good('sign-in', `as ${username}${is_admin ? ', an admin' : ''}${limit}`);
}

function refusal(answer: Answer, proof: Proof): string {
  if (proof.kind === 'aws') {
    return `refused (${said(answer)}); may these credentials execute-api:Invoke here, and is it the API's own address?`;
  }
  return `refused (${said(answer)}); look at the password or token, whether it has expired, and whether this API wants AWS signatures`;
}
