import { HEX_DIGITS, hashOf, type Key, type KeyPrefix } from './key.ts';

/** The partitions in which all registered models lie, by the first digit of their random ids. */
export const REGISTERED_MODELS: readonly KeyPrefix[] = HEX_DIGITS.map((shard) => ({
  pk: `REGISTERED#${shard}`,
  skPrefix: '',
}));

export const registeredModelKey = (registeredModelId: string): Key => ({
  pk: `REGISTERED#${registeredModelId.charAt(0)}`,
  sk: registeredModelId,
});

/** Claims are only ever read by name, so each has a partition of its own; its key holds 2048 bytes, a name at most 1024. */
export const registeredModelNameKey = (name: string): Key => ({ pk: `NAME#model#${name}`, sk: 'claim' });

const versionsPartition = (shard: number): string => `VERSIONS#${shard.toString(16)}`;

const VERSION_DIGITS = 10;

const versionSortKey = (registeredModelId: string, versionNumber: number): string =>
  `${registeredModelId}#${String(versionNumber).padStart(VERSION_DIGITS, '0')}`;

/** Versions that follow each other lie in different partitions, so that 20,000 of one model are read by 16 queries at once. */
export const modelVersionKey = (registeredModelId: string, versionNumber: number): Key => ({
  pk: versionsPartition((Number.parseInt(registeredModelId.charAt(0), 16) + versionNumber) % HEX_DIGITS.length),
  sk: versionSortKey(registeredModelId, versionNumber),
});

const versionPrefixes = (skPrefix: string): readonly KeyPrefix[] =>
  HEX_DIGITS.map((_, shard) => ({ pk: versionsPartition(shard), skPrefix }));

/** The partitions in which the versions of all models lie. */
export const MODEL_VERSIONS: readonly KeyPrefix[] = versionPrefixes('');

/** All versions of one model, overflow included. */
export const versionsOfModel = (registeredModelId: string): readonly KeyPrefix[] =>
  versionPrefixes(`${registeredModelId}#`);

/** What a version may refer to. */
export type ReferenceKind = 'run' | 'model';

/** All versions that refer to a run or a logged model; its id is the client's, of any length: beyond a key, its hash stands for it. */
export const referencesPrefix = (kind: ReferenceKind, id: string): KeyPrefix => ({
  pk: `REFERENCES#${kind}#${id.length > MAX_PLAIN_ID_LENGTH ? hashOf(id) : id}`,
  skPrefix: '',
});

const MAX_PLAIN_ID_LENGTH = 60;

export const referenceKey = (
  kind: ReferenceKind,
  id: string,
  { registeredModelId, versionNumber }: VersionPlace,
): Key => ({ pk: referencesPrefix(kind, id).pk, sk: versionSortKey(registeredModelId, versionNumber) });

/** Which version it is, whatever its model is called. */
export interface VersionPlace {
  readonly registeredModelId: string;
  readonly versionNumber: number;
}

/** The version that an item is of. */
export function parseVersionSortKey(sk: string): VersionPlace {
  const [registeredModelId = '', digits = ''] = sk.split('#');
  return { registeredModelId, versionNumber: Number(digits.slice(0, VERSION_DIGITS)) };
}

/** Registered models that are deleted, while something of them is left. */
export const REMOVED_MODELS: KeyPrefix = { pk: 'REMOVED', skPrefix: '' };

export const removedModelKey = (registeredModelId: string): Key => ({ pk: REMOVED_MODELS.pk, sk: registeredModelId });
