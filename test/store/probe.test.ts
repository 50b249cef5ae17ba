import { test } from 'vitest';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '../../local/dynamodb/index.ts';
import { findDynamoDbLocal } from '../support/dynamodb-local/find-dynamodb-local.ts';
import { connectionTo, openTestStore } from './open-test-store.ts';
test('x', async () => {
  const local = await findDynamoDbLocal();
  if ('missing' in local) throw new Error(local.missing);
  for (const [n, start] of [['dynalite', () => startDynamoDb({ engine: 'dynalite', log: () => undefined })], ['dynoxide', () => startDynamoDb({ engine: 'dynoxide', log: () => undefined })], ['local', local.start]] as const) {
    let t = Date.now();
    const lap = (w: string) => { console.log(n, w, Date.now() - t); t = Date.now(); };
    const e = await start(); lap('start');
    const client = new DynamoDBClient(connectionTo(e.endpoint));
    for (let i = 0; i < 5; i++) { const s = await openTestStore(client); lap('table'); await s.store.getExperiment('0'); lap('seed'); 
     for (let k = 0; k < 20; k++) await s.store.createExperiment({ name: `e${k}`, locationOf: (x) => x, tags: new Map(), now: 1 }); lap('20 create'); }
    await e.stop(); lap('stop');
  }
}, 100000);
