import type { AuditEntry, AuditOutcome } from '../../domain/audit.ts';
import type { Caller, TokenBounds } from '../../domain/caller.ts';
import type { IdentityStore } from '../../store/identity-store.ts';

/** What became of a request. */
export interface Heard {
  /** Method and path of the operation, as `POST /mlflow/runs/create`. */
  readonly place: string;
  readonly caller: HeardCaller | undefined;
  readonly subject: string | undefined;
  readonly address: string | undefined;
  readonly status: number;
  /** What was decided, or why it was refused, where there is more to tell than the status. */
  readonly detail?: string | undefined;
}

/** Who made it, as far as entries tell. */
interface HeardCaller extends Pick<Caller, 'username'> {
  readonly token: Pick<TokenBounds, 'tokenId'> | undefined;
}

/** Keeps the audit. */
export interface Auditor {
  /** Resolves when what is to be kept is kept. A request that was answered stays so: when this fails, that is reported. */
  readonly hear: (heard: Heard) => Promise<void>;
}

interface AuditorProps {
  readonly store: Pick<IdentityStore, 'appendAudit'>;
  readonly clock: () => number;
  /** Unique, and in the order of time. */
  readonly newId: () => string;
  readonly report: (message: string, cause: unknown) => void;
}

/** Operations that change nothing, though they are no GET. */
const READS: ReadonlySet<string> = new Set([
  'POST /mlflow/experiments/search',
  'POST /mlflow/experiments/search-datasets',
  'POST /mlflow/runs/search',
  'POST /mlflow/logged-models/search',
  'POST /mlflow/registered-models/search',
  'POST /mlflow/registered-models/get-latest-versions',
  'POST /mlflow/model-versions/search',
  'POST /mlflow/artifacts/presigned-download-url',
  'POST /tracklet/metrics/sample',
]);

/** What changes something, though it is a GET. */
const WRITES: ReadonlySet<string> = new Set(['GET /tracklet/oidc/callback']);

/** What a run logs: thousands of calls, of which the first in an hour tells who writes to it. */
const LOGGING: ReadonlySet<string> = new Set([
  'POST /mlflow/runs/log-metric',
  'POST /mlflow/runs/log-batch',
  'POST /mlflow/runs/log-parameter',
  'POST /mlflow/runs/set-tag',
  'POST /mlflow/runs/log-inputs',
  'POST /mlflow/runs/outputs',
  'POST /mlflow/runs/log-model',
  'PUT /mlflow-artifacts/artifacts/:artifact_path{.+}',
  'POST /mlflow/artifacts/presigned-upload-url',
]);

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const MAX_REMEMBERED = 10_000;
const MAX_DETAIL_LENGTH = 2000;

/**
 * Keeps an entry of each write and of each refusal. The calls by which a run logs are kept once an hour for each caller,
 * operation and run, and a refusal that is repeated once a minute: an entry costs as much as a log call, and who guesses
 * passwords must not fill the table.
 */
export function createAuditor({ store, clock, newId, report }: AuditorProps): Auditor {
  const isNews = createMemory(clock);
  const keep = async (heard: Heard, outcome: AuditOutcome) => {
    const { place, caller, subject, address, status, detail } = heard;
    const entry: AuditEntry = {
      id: newId(),
      time: clock(),
      username: caller?.username,
      tokenId: caller?.token?.tokenId,
      operation: place,
      subject,
      address,
      outcome,
      status,
      ...(detail !== undefined && { detail: detail.slice(0, MAX_DETAIL_LENGTH) }),
    };
    try {
      await store.appendAudit([entry]);
    } catch (error) {
      // The request was acted on: to refuse it now would have the client do it twice.
      report(`the audit misses ${place} by ${entry.username ?? 'nobody'}`, error);
    }
  };
  return {
    hear: async (heard) => {
      const outcome = outcomeOf(heard);
      if (outcome === undefined) return;
      const once = onceIn(heard, outcome);
      if (once > 0 && !isNews(keyOf(heard, outcome), once)) return;
      await keep(heard, outcome);
    },
  };
}

/** Undefined for what needs no entry: reads, and writes that came to nothing. */
function outcomeOf({ status, place }: Heard): AuditOutcome | undefined {
  if (status === 401 || status === 403 || status === 429) return 'refused';
  if (READS.has(place) || (place.startsWith('GET ') && !WRITES.has(place))) return undefined;
  if (status >= 500) return 'failed';
  return status < 400 ? 'done' : undefined;
}

function onceIn({ place }: Heard, outcome: AuditOutcome): number {
  if (outcome === 'refused') return MINUTE_MS;
  return LOGGING.has(place) ? HOUR_MS : 0;
}

/** A refusal that tells why is another one when it is of something else, or for another reason. */
const keyOf = ({ place, caller, subject, address, detail }: Heard, outcome: AuditOutcome): string =>
  JSON.stringify([
    outcome,
    place,
    caller?.username,
    caller?.token?.tokenId,
    outcome === 'done' || detail !== undefined ? subject : '',
    address,
    detail,
  ]);

/** Tells whether something was not there lately. */
function createMemory(clock: () => number): (name: string, withinMs: number) => boolean {
  const seenAt = new Map<string, number>();
  return (name, withinMs) => {
    const now = clock();
    if (now - (seenAt.get(name) ?? Number.NEGATIVE_INFINITY) < withinMs) return false;
    seenAt.delete(name);
    const [oldest] = seenAt.keys();
    if (seenAt.size >= MAX_REMEMBERED && oldest !== undefined) seenAt.delete(oldest);
    seenAt.set(name, now);
    return true;
  };
}
