import type { AuditEntry } from '../../domain/audit.ts';
import { invalidParameter } from '../../domain/errors.ts';
import { pageToken } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { int32, int64, text } from '../../protocol/scalars.ts';
import { defineIdentityOperation } from '../identity/define-identity-operation.ts';

const DAY_MS = 86_400_000;
const MAX_RANGE_MS = 31 * DAY_MS;
const DEFAULT_RESULTS = 100;
const MAX_RESULTS = 1000;
/** Entries that one request looks at: a page for which they hold too few is short, and its token goes on. */
const MAX_LOOKED_AT = 20_000;
const LOOKED_AT_ONCE = 1000;

const request = message({
  from: int64('First time, in ms since the epoch; a day before the last one when absent, at most 31 days'),
  to: int64('Last time, in ms since the epoch; now when absent'),
  username: text('Only entries of this user'),
  operation: text('Only entries of this operation, such as POST /mlflow/runs/delete'),
  max_results: int32('Entries in a page, 1 to 1000; 100 when absent'),
  page_token: pageToken,
});

/** The audit, the newest entry first. */
export const searchAudit = defineIdentityOperation({
  method: 'GET',
  path: '/tracklet/audit',
  since: '2.0',
  request,
  handle: async (input, { identity: { store }, tokens, clock }) => {
    const maxResults = checkMaxResults(input.max_results ?? DEFAULT_RESULTS);
    const to = Number(input.to ?? clock());
    const from = Number(input.from ?? to - DAY_MS);
    checkRange(from, to);
    const isWanted = ({ username, operation }: AuditEntry): boolean =>
      (!input.username || username === input.username) && (!input.operation || operation === input.operation);
    const found: AuditEntry[] = [];
    // The token was sealed by this very list.
    let before = input.page_token ? String(await tokens.open('audit', input.page_token)) : undefined;
    let hasMore = true;
    for (let looked = 0; hasMore && looked < MAX_LOOKED_AT && found.length < maxResults; looked += LOOKED_AT_ONCE) {
      const page = await store.readAudit({ from, to, before }, LOOKED_AT_ONCE);
      const wanted = page.entries.filter(isWanted).slice(0, maxResults - found.length);
      found.push(...wanted);
      const isFull = found.length === maxResults;
      const last = isFull ? wanted.at(-1) : page.entries.at(-1);
      hasMore = page.hasMore || (isFull && last !== page.entries.at(-1));
      before = last?.id ?? before;
    }
    return {
      entries: found.map(wireEntry),
      next_page_token: hasMore && before !== undefined ? await tokens.seal('audit', before) : undefined,
    };
  },
});

function checkMaxResults(maxResults: number): number {
  if (maxResults >= 1 && maxResults <= MAX_RESULTS) return maxResults;
  throw invalidParameter(`max_results must be between 1 and ${MAX_RESULTS}. Received ${maxResults}.`);
}

const LAST_TIME = 8.64e15;

function checkRange(from: number, to: number): void {
  const isRange = from <= to && to - from <= MAX_RANGE_MS && from >= 0 && to <= LAST_TIME;
  if (!isRange) throw invalidParameter(`from and to must be times of at most 31 days. Received ${from} and ${to}.`);
}

const wireEntry = ({ tokenId, ...entry }: AuditEntry) => ({ ...entry, token_id: tokenId });
