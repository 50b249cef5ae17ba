import type { ProviderAccount } from '../../../domain/provider-account.ts';
import { hashOf, type Key, type KeyPrefix } from './key.ts';

/** Users lie in one partition: a thousand are a few reads to list, and each process keeps the one it serves for seconds. */
export const USERS: KeyPrefix = { pk: 'USERS', skPrefix: '' };

/** A name may hold what sort keys use as marks: its hash stands for it. */
export const userKey = (username: string): Key => ({ pk: USERS.pk, sk: hashOf(username) });

export const ROLES_KEY: Key = { pk: 'ROLES', sk: 'book' };

export const tokensPrefix = (username: string): KeyPrefix => ({ pk: `TOKENS#${hashOf(username)}`, skPrefix: '' });

export const tokenKey = (username: string, tokenId: string): Key => ({ pk: tokensPrefix(username).pk, sk: tokenId });

export const sessionsPrefix = (username: string): KeyPrefix => ({ pk: `SESSIONS#${hashOf(username)}`, skPrefix: '' });

export const sessionKey = (username: string, sessionId: string): Key => ({
  pk: sessionsPrefix(username).pk,
  sk: sessionId,
});

/** Only ever read by the account, as name claims are by the name. */
export const accountKey = ({ issuer, subject }: ProviderAccount): Key => ({
  pk: `ACCOUNT#${hashOf(JSON.stringify([issuer, subject]))}`,
  sk: 'user',
});

/** Where users, roles, tokens, sessions, accounts of providers and the audit lie, and what numbers users and seals pages of the audit. */
export const IDENTITY_PARTITIONS = [
  'USERS',
  'ROLES',
  'TOKENS#*',
  'SESSIONS#*',
  'ACCOUNT#*',
  'AUDIT#*',
  'COUNTERS',
  'SECRETS',
];

const HOUR_DIGITS = '2026-07-31T09'.length;

const auditPartition = (time: number): string => `AUDIT#${new Date(time).toISOString().slice(0, HOUR_DIGITS)}`;

/** An hour of the audit: of all of it only so much is read at a time. */
export const auditPrefix = (time: number): KeyPrefix => ({ pk: auditPartition(time), skPrefix: '' });

export const auditKey = (time: number, id: string): Key => ({ pk: auditPartition(time), sk: id });
