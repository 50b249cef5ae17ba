import { beforeEach, describe, expect, test } from 'vitest';
import { keepTokenKey, signingKeyOf } from '../../functions/entry/kept-token-key.ts';

const MINUTE_MS = 60_000;
let time = 0;
let reads = 0;
let read: () => Promise<string> = async () => 'one';
let reports: unknown[] = [];
beforeEach(() => {
  time = 1_700_000_000_000;
  reads = 0;
  reports = [];
  read = async () => 'one';
});

const open = () =>
  keepTokenKey({
    read: () => {
      reads += 1;
      return read();
    },
    clock: () => time,
    report: (message) => reports.push(message),
  });

describe('the key that signs tokens', () => {
  test('has a name that follows from it and does not tell it', () => {
    expect(signingKeyOf('one')).toEqual(signingKeyOf('one'));
    expect(signingKeyOf('one').keyId).not.toBe(signingKeyOf('two').keyId);
    expect(signingKeyOf('one').keyId).toMatch(/^[\w-]{16}$/);
  });

  test('is read when it is first asked for, once for all who ask', async () => {
    const key = open();
    expect(reads).toBe(0);
    const answers = await Promise.all([key(), key('other'), key()]);
    expect(new Set(answers)).toEqual(new Set([signingKeyOf('one')]));
    expect(reads).toBe(1);
    await key(signingKeyOf('one').keyId);
    expect(reads).toBe(1);
  });

  test('is read again after five minutes', async () => {
    const key = open();
    await key();
    read = async () => 'two';
    time += 5 * MINUTE_MS - 1;
    expect(await key()).toEqual(signingKeyOf('one'));
    time += 1;
    expect(await key()).toEqual(signingKeyOf('two'));
  });

  test('is read again when a token names another one, but not for each such token', async () => {
    const key = open();
    await key();
    read = async () => 'two';
    const { keyId } = signingKeyOf('two');
    expect(await key(keyId)).toEqual(signingKeyOf('one'));
    time += 10_000;
    expect(await key(keyId)).toEqual(signingKeyOf('two'));
    await Promise.all(Array.from({ length: 100 }, (_, at) => key(`made up ${at}`)));
    expect(reads).toBe(2);
  });

  test('is asked for anew after a failure when there was none before', async () => {
    const key = open();
    read = () => Promise.reject(new Error('throttled'));
    await expect(key()).rejects.toThrow('throttled');
    read = async () => 'one';
    expect(await key()).toEqual(signingKeyOf('one'));
  });

  test('stays good when it cannot be read again, and is tried again soon', async () => {
    const key = open();
    await key();
    read = () => Promise.reject(new Error('throttled'));
    time += 5 * MINUTE_MS;
    expect(await key()).toEqual(signingKeyOf('one'));
    expect(await key()).toEqual(signingKeyOf('one'));
    expect([reads, reports.length]).toEqual([2, 1]);
    read = async () => 'two';
    time += 10_000;
    expect(await key()).toEqual(signingKeyOf('two'));
  });
});
