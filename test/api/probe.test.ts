import { expect, test } from 'vitest';
import { openTestApp } from '../support/test-app.ts';
const t = performance.now();
const app = await openTestApp();
console.log('open', performance.now() - t);
test('x', async () => {
  const run = await app.newRun();
  console.log('run', performance.now() - t);
  const answer = await app.get('runs/get', { run_id: run });
  console.log(JSON.stringify(answer.body));
  console.log((await app.call('PUT', '/api/2.0/mlflow-artifacts/artifacts/a/b.txt', 'hello', {})).body);
  console.log('run', performance.now() - t);
  expect(answer.status).toBe(200);
});
