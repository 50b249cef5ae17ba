import { test } from 'vitest';
import { openTestApp } from '../support/test-app.ts';
import { expectOk } from './expect-answer.ts';

const app = await openTestApp();

test('a server without a guard says that there is nothing to sign in to', async () => {
  expectOk(await app.call('GET', '/api/2.0/tracklet/whoami', undefined, {}), { auth: 'none' });
});
