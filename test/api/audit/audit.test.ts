import { describe, expect, test } from 'vitest';
import { createAuditor } from '../../../functions/api/audit/auditor.ts';
import type { AuditEntry } from '../../../functions/domain/audit.ts';
import { bearer, openGuardedApp } from '../../support/guarded-app.ts';
import { listAt, type Query, queryString, textAt, valueAt } from '../../support/test-app.ts';

const app = await openGuardedApp();
const AUDIT = '/api/2.0/tracklet/audit';
const audit = (query: Query = {}) => app.admin.call('GET', AUDIT + queryString(query), undefined, {});
const alice = await app.newUser('alice');
const experimentId = await alice.newExperiment({ name: 'audited' });
const runId = await alice.newRun({ experiment_id: experimentId });

const linesOf = async (query: Query = {}) =>
  listAt(await audit(query), 'entries').map((entry) => {
    const { username, operation, subject, outcome } = entry as AuditEntry;
    return [username ?? '-', operation, subject ?? '-', outcome].join(' | ');
  });

describe('the audit', () => {
  test('has each write, with who, what and on what, the newest first', async () => {
    await alice.post('experiments/set-experiment-tag', { experiment_id: experimentId, key: 'team', value: 'a value' });
    await alice.post('runs/delete', { run_id: runId });
    await alice.post('runs/restore', { run_id: runId });
    expect(await linesOf({ username: 'alice' })).toEqual([
      `alice | POST /mlflow/runs/restore | run_id=${runId} | done`,
      `alice | POST /mlflow/runs/delete | run_id=${runId} | done`,
      `alice | POST /mlflow/experiments/set-experiment-tag | experiment_id=${experimentId} key=team | done`,
      `alice | POST /mlflow/runs/create | experiment_id=${experimentId} | done`,
      'alice | POST /mlflow/experiments/create | name=audited | done',
    ]);
    expect(JSON.stringify((await audit()).body)).not.toMatch(/a value|correct horse/);
  });

  test('has no reads, and no writes that came to nothing', async () => {
    const before = await linesOf();
    await alice.get('experiments/get', { experiment_id: experimentId });
    await alice.post('experiments/search', { max_results: 1 });
    await alice.post('experiments/create', { name: 'audited' });
    expect(await linesOf()).toEqual(before);
  });

  test('has what a run logs once in an hour', async () => {
    const log = (step: number) =>
      alice.post('runs/log-metric', { run_id: runId, key: 'm', value: 1, timestamp: 1, step });
    const entries = async () => (await linesOf({ operation: 'POST /mlflow/runs/log-metric' })).length;
    for (const step of [1, 2, 3]) await log(step);
    expect(await entries()).toBe(1);
    app.pass(3_600_000);
    await log(4);
    expect(await entries()).toBe(2);
  });

  test('has each refusal, one that is repeated once a minute, with the address', async () => {
    const bob = await app.newUser('bob');
    for (let at = 0; at < 3; at += 1) await bob.post('experiments/delete', { experiment_id: experimentId });
    expect(await linesOf({ username: 'bob' })).toEqual([
      `bob | POST /mlflow/experiments/delete | experiment_id=${experimentId} | refused`,
    ]);
    const request = new Request('http://127.0.0.1/api/2.0/mlflow/runs/get?run_id=x');
    await app.fetch(request, { incoming: { socket: { remoteAddress: '10.9.8.7' } } });
    expect(listAt(await audit(), 'entries')[0]).toMatchObject({
      operation: 'GET /mlflow/runs/get',
      address: '10.9.8.7',
      outcome: 'refused',
      status: 401,
    });
  });

  test('tells which token was used', async () => {
    const token = await app.newToken(alice, 'EDIT');
    await app.as(bearer(token)).post('runs/set-tag', { run_id: runId, key: 'k', value: 'v' });
    expect(valueAt(await audit(), 'entries', 0, 'token_id')).toMatch(/^[0-9a-f]{32}$/);
  });

  test('comes in pages, also when only few entries are wanted', async () => {
    const all = await linesOf({ username: 'alice', max_results: 1000 });
    const paged: string[] = [];
    let token: string | undefined;
    do {
      const query = { username: 'alice', max_results: 2, page_token: token };
      const page = await audit(query);
      paged.push(...(await linesOf(query)));
      token = valueAt(page, 'next_page_token') === undefined ? undefined : textAt(page, 'next_page_token');
    } while (token !== undefined);
    expect(paged).toEqual(all);
  });

  test('is of the time that is asked for', async () => {
    expect(await linesOf({ from: 0, to: 1000 })).toEqual([]);
    for (const query of [{ from: 5, to: 1 }, { from: 0, to: 10 ** 12 }, { max_results: 0 }, { page_token: 'x' }]) {
      expect((await audit(query)).status).toBe(400);
    }
  });
});

test('what the audit misses is reported, and the request is answered all the same', async () => {
  const reports: string[] = [];
  const auditor = createAuditor({
    store: { appendAudit: () => Promise.reject(new Error('full')) },
    clock: () => 0,
    newId: () => 'id',
    report: (message) => reports.push(message),
  });
  const heard = { place: 'POST /mlflow/runs/delete', caller: undefined, subject: undefined, address: undefined };
  await auditor.hear({ ...heard, status: 200 });
  await auditor.hear({ ...heard, status: 503 });
  expect(reports).toEqual(Array.from({ length: 2 }, () => 'the audit misses POST /mlflow/runs/delete by nobody'));
});
