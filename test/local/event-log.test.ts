import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEventLog } from '../../local/event-log.ts';
import { newFolder } from '../support/new-folder.ts';

const CREATED = { entity: 'REGISTERED_MODEL', action: 'CREATED' } as const;

test('an event is a line as EventBridge would give it to a rule, whatever is recorded beside it', async () => {
  const file = join(await newFolder(), 'there', 'events.jsonl');
  const record = createEventLog(file, () => Date.UTC(2026, 7, 1, 12));
  const ids = Array.from({ length: 20 }, (_, at) => `id-${at}`);
  await Promise.all(
    ids.map((deliveryId) => record({ deliveryId, event: CREATED, body: '{"data": {"name": "é\\n"}}' })),
  );
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).id).toSorted()).toEqual(ids.toSorted());
  expect(JSON.parse(lines.find((line) => line.includes('"id-3"')) ?? '')).toEqual({
    version: '0',
    id: 'id-3',
    'detail-type': 'registered_model.created',
    source: 'tracklet',
    time: '2026-08-01T12:00:00.000Z',
    resources: ['tracklet:delivery/id-3'],
    detail: { data: { name: 'é\n' } },
  });
});

test('what cannot be recorded is not taken for recorded', async () => {
  const record = createEventLog(await newFolder(), Date.now);
  await expect(record({ deliveryId: 'd', event: CREATED, body: '{}' })).rejects.toThrow('EISDIR');
});
