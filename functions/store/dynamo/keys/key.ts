import { createHash } from 'node:crypto';

/** Where one item lies. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** A range of sort keys in one partition. */
export interface KeyPrefix {
  readonly pk: string;
  readonly skPrefix: string;
}

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export const HEX_DIGITS = [...'0123456789abcdef'];
