import type { Answer, Ask } from './connection.ts';
import { type Finding, fault, good, note } from './finding.ts';

/** The `Date` of an answer has whole seconds. */
const DATE_STEP_MS = 1000;
const NOTABLE_MS = 30_000;
/** AWS refuses signatures that are five minutes off, and presigned URLs and tokens end early or late. */
const BAD_MS = 240_000;

/** Whether the server is there, what it speaks and what time it has; the first fault ends it. */
export async function checkReach(ask: Ask): Promise<readonly Finding[]> {
  const health = await ask({ path: '/health', isAnonymous: true });
  if (health.status !== 200) return [fault('reachable', notThere(health))];
  return [
    good('reachable', `/health answers in ${health.tookMs} ms`),
    await checkVersion(ask),
    checkClock(health, Date.parse(health.headers.get('date') ?? '')),
  ];
}

const notThere = ({ status, text }: Answer): string =>
  status === 0
    ? `no answer (${text}); is the address right, and may this machine reach it?`
    : `/health answers ${status}; a Tracklet answers 200 without asking who you are. Is this the address of one?`;

async function checkVersion(ask: Ask): Promise<Finding> {
  const { status, text } = await ask({ path: '/version', isAnonymous: true });
  return status === 200 && /^\d+\.\d+/.test(text)
    ? good('version', `speaks MLflow ${text}`)
    : fault('version', `/version answers ${status}, not the version of MLflow that it speaks; is this a Tracklet?`);
}

function checkClock({ sentMs, tookMs }: Answer, serverMs: number): Finding {
  if (Number.isNaN(serverMs)) return note('clock', 'the server tells no time');
  const apartMs = Math.max(0, Math.abs(serverMs + DATE_STEP_MS / 2 - (sentMs + tookMs / 2)) - DATE_STEP_MS);
  const text = `${Math.round(apartMs / 1000)} s apart from the server's`;
  if (apartMs < NOTABLE_MS) return good('clock', text);
  const hint = `${text}; set this machine's clock: signatures, presigned URLs and tokens live by it`;
  return apartMs < BAD_MS ? note('clock', hint) : fault('clock', hint);
}
