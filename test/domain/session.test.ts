import { describe, expect, test } from 'vitest';
import { isSessionAlive, isTouchDue, type SessionRecord, sessionEnd } from '../../functions/domain/session.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const NOW = 1_700_000_000_000;
const session: SessionRecord = {
  sessionId: 'hash',
  username: 'alice',
  userId: 1,
  createdAt: NOW,
  expiresAt: NOW + 24 * HOUR_MS,
  lastUsedAt: NOW,
};

test('a session lasts a week, and one of a provider half a day', () => {
  expect(sessionEnd(NOW, false)).toBe(NOW + 7 * 24 * HOUR_MS);
  expect(sessionEnd(NOW, true)).toBe(NOW + 12 * HOUR_MS);
});

describe('a session is over', () => {
  test('when nobody used it for half a day', () => {
    expect(isSessionAlive(session, NOW + 12 * HOUR_MS - 1)).toBe(true);
    expect(isSessionAlive(session, NOW + 12 * HOUR_MS)).toBe(false);
  });

  test('at its end, however lately it was used', () => {
    const used = { ...session, lastUsedAt: session.expiresAt - 1 };
    expect(isSessionAlive(used, session.expiresAt - 1)).toBe(true);
    expect(isSessionAlive(used, session.expiresAt)).toBe(false);
  });
});

test('its use is noted every five minutes', () => {
  expect(isTouchDue(session, NOW + 5 * MINUTE_MS - 1)).toBe(false);
  expect(isTouchDue(session, NOW + 5 * MINUTE_MS)).toBe(true);
});
