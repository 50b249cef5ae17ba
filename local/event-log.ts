import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { busEntry, type PutEvent } from '../functions/webhooks/event-bus.ts';

/**
 * Records in a file what would go on Amazon EventBridge: a line of JSON for each event, as rules would see it. A line is on the disk
 * before its event is done with; one that was recorded twice has the same id.
 */
export const createEventLog =
  (file: string, clock: () => number): PutEvent =>
  async (event) => {
    const { Source: source, DetailType: detailType, Detail: detail, Resources: resources } = busEntry(event);
    const time = new Date(clock()).toISOString();
    const head = { version: '0', id: event.deliveryId, 'detail-type': detailType, source, time, resources };
    await mkdir(dirname(file), { recursive: true });
    // The body is JSON already, whose numbers are to stay as they are written.
    await appendFile(file, `${JSON.stringify(head).slice(0, -1)},"detail":${detail}}\n`, { flush: true });
  };
