import { createHash } from 'node:crypto';
import type { ProviderAccount } from '../../domain/provider-account.ts';

/**
 * The one place where keys of the table are built and parsed.
 *
 * | what                       | pk                        | sk                              |
 * | experiment                 | EXPERIMENTS#<0 to f>      | <experiment id>                 |
 * | name claim                 | NAME#experiment#<name>, NAME#model#<name> | claim           |
 * | counter, secret            | COUNTERS / SECRETS        | <name>                          |
 * | run, live                  | RUNS#<experiment>#<shard> | L#<run id>#doc, L#<run id>#latest[#n] |
 * | run, archived              | as the live one           | A#<run id>                      |
 * | segments of archived runs  | SEGMENTS#<experiment>     | manifest                        |
 * | metric history, appended   | METRICS#<run id>          | S#<sortable id>                 |
 * | metric history, shared parts and their index | as above | P#<seq>, S~ (right behind what is appended) |
 * | metric history, chunks of a metric and their index | as above | C#<sha256 of key>#<seq>, X#<sha256 of key> |
 * | dataset                    | DATASETS#<experiment>     | <sha256 of name and digest>     |
 * | logged model, its metrics  | MODELS#<experiment>#<shard> | <model id>#doc, <model id>#M#<sortable id> |
 * | registered model           | REGISTERED#<0 to f>       | <registered model id>           |
 * | version of it              | VERSIONS#<0 to f>         | <registered model id>#<version> |
 * | reference of a version     | REFERENCES#<kind>#<id>    | <registered model id>#<version> |
 * | registered model, deleted, whose versions are still to be removed | REMOVED | <registered model id> |
 * | overflow of a document     | as its document           | <sk>~<generation>~<part>        |
 * | promotion policy of all models | POLICIES              | default                         |
 * | promotion request          | PROMOTIONS#<0 to f>       | R#<registered model id>#<sortable id> |
 * | claim of an open request   | as above                  | O#<registered model id>#<version>#<sha256 of target> |
 * | promotion, kept for ever   | as above                  | H#<registered model id>#<number> |
 * | saved view                 | VIEWS#<experiment>        | <view id>                       |
 * | webhook                    | WEBHOOKS                  | <webhook id>                    |
 * | delivery to webhooks       | DELIVERIES                | <due time>#<event id>[#<webhook id>] |
 * | delivery that was given up | DEAD-LETTERS              | <event id>#<webhook id>         |
 * | work: a run that was written to | WORK#<shard>         | <run id>                        |
 * | work: a damaged archive    | WORK#damaged              | <experiment id>                 |
 * | user with their grants     | USERS                     | <sha256 of name>                |
 * | all roles                  | ROLES                     | book                            |
 * | token's record             | TOKENS#<sha256 of user>   | <token id>                      |
 * | session                    | SESSIONS#<sha256 of user> | <sha256 of its secret>          |
 * | account at a provider      | ACCOUNT#<sha256 of issuer and subject> | user               |
 * | audit entry                | AUDIT#<hour, as 2026-07-31T09> | <sortable id>              |
 *
 * A run id is 32 hex digits: 12 of its experiment, 2 of its shard, 18 random; so a run is one read away from its id.
 * A logged model's id is `m-` and the same.
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** A range of sort keys in one partition. */
export interface KeyPrefix {
  readonly pk: string;
  readonly skPrefix: string;
}

const ENTITY_ID = /^([0-9a-f]{12})([0-9a-f]{2})[0-9a-f]{18}$/;
const MODEL_PREFIX = 'm-';
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** New runs of an experiment spread over this many partitions; the ids of old runs tell theirs. */
export const RUN_SHARDS = 4;

const HEX_DIGITS = [...'0123456789abcdef'];
const experimentsPartition = (shard: string): string => `EXPERIMENTS#${shard}`;

/**
 * The partitions in which all experiments lie, by a hash of their ids. Each log call reads the mark of its experiment,
 * and a partition gives 3,000 such reads a second: 16 of them carry 48,000, and 10,000 experiments are 16 queries of a page.
 */
export const EXPERIMENTS: readonly KeyPrefix[] = HEX_DIGITS.map((shard) => ({
  pk: experimentsPartition(shard),
  skPrefix: '',
}));

export const experimentKey = (experimentId: string): Key => ({
  pk: experimentsPartition(hashOf(experimentId).slice(0, 1)),
  sk: experimentId,
});

/** Claims are only ever read by name, so each has a partition of its own; its key holds 2048 bytes, a name at most 2000. */
export const experimentNameKey = (name: string): Key => ({ pk: `NAME#experiment#${name}`, sk: 'claim' });

/**
 * One item counts the ids of all experiments, for they must be unique and, as MLflow's, small and rising. It takes 1,000
 * additions a second; handing out ranges would go beyond that, at the price of ids that are out of order.
 */
export const counterKey = (name: string): Key => ({ pk: 'COUNTERS', sk: name });

export const secretKey = (name: string): Key => ({ pk: 'SECRETS', sk: name });

/** Where an entity lives, read from its id. */
export interface Home {
  readonly experimentId: string;
  readonly shard: number;
}

function homeOf(id: string): Home | undefined {
  const match = ENTITY_ID.exec(id);
  const [, experiment = '', shard = ''] = match ?? [];
  return match
    ? { experimentId: String(Number.parseInt(experiment, 16)), shard: Number.parseInt(shard, 16) }
    : undefined;
}

/** The experiment that a run id carries; undefined for an id that Tracklet never made. */
export const homeOfRun = (runId: string): Home | undefined => homeOf(runId);

export const homeOfModel = (modelId: string): Home | undefined =>
  modelId.startsWith(MODEL_PREFIX) ? homeOf(modelId.slice(MODEL_PREFIX.length)) : undefined;

/** A new run id from 20 random hex digits. */
export function runIdFor(experimentId: string, randomHex: string): string {
  const experiment = Number(experimentId).toString(16).padStart(12, '0');
  const shard = (Number.parseInt(randomHex.slice(0, 2), 16) % RUN_SHARDS).toString(16).padStart(2, '0');
  return `${experiment}${shard}${randomHex.slice(2, 20)}`;
}

export const modelIdFor = (experimentId: string, randomHex: string): string =>
  MODEL_PREFIX + runIdFor(experimentId, randomHex);

const runsPartition = ({ experimentId, shard }: Home): string => `RUNS#${experimentId}#${shard}`;
const modelsPartition = ({ experimentId, shard }: Home): string => `MODELS#${experimentId}#${shard}`;

export const runDocumentKey = (home: Home, runId: string): Key => ({ pk: runsPartition(home), sk: `L#${runId}#doc` });

/** Everything live about one run. */
export const liveRunPrefix = (home: Home, runId: string): KeyPrefix => ({
  pk: runsPartition(home),
  skPrefix: `L#${runId}#`,
});

/** The item with a run's last values; `part` counts up when one item would grow too large. */
export const latestKey = (home: Home, runId: string, part: number): Key => ({
  pk: runsPartition(home),
  sk: part === 0 ? `L#${runId}#latest` : `L#${runId}#latest#${part}`,
});

export const archivedRunKey = (home: Home, runId: string): Key => ({ pk: runsPartition(home), sk: `A#${runId}` });

/** The partitions in which an experiment's archived runs lie. */
export const archivedRunsPrefixes = (experimentId: string): readonly KeyPrefix[] =>
  shardsOf(experimentId).map((home) => ({ pk: runsPartition(home), skPrefix: 'A#' }));

/** The archived document of a run and its parts. */
export const archivedRunPrefix = (home: Home, runId: string): KeyPrefix => ({
  pk: runsPartition(home),
  skPrefix: `A#${runId}`,
});

/** The partitions in which runs of an experiment lie, live and archived. */
export const runsPrefixes = (experimentId: string): readonly KeyPrefix[] =>
  shardsOf(experimentId).map((home) => ({ pk: runsPartition(home), skPrefix: '' }));

/** The run that an item of those partitions belongs to. */
export const runOfSortKey = (sk: string): string => sk.slice(2).split(/[#~]/)[0] ?? '';

/** What names the segments in which an experiment's archived runs are searched. */
export const manifestKey = (experimentId: string): Key => ({ pk: `SEGMENTS#${experimentId}`, sk: 'manifest' });

/** All items with a run's last values. */
export const latestPrefix = (home: Home, runId: string): KeyPrefix => ({
  pk: runsPartition(home),
  skPrefix: `L#${runId}#latest`,
});

const shardsOf = (experimentId: string): readonly Home[] =>
  Array.from({ length: RUN_SHARDS }, (_, shard) => ({ experimentId, shard }));

/** The partitions in which an experiment's live runs lie. */
export const liveRunsPrefixes = (experimentId: string): readonly KeyPrefix[] =>
  shardsOf(experimentId).map((home) => ({ pk: runsPartition(home), skPrefix: 'L#' }));

export type RunItemKind = 'doc' | 'latest';

/** Which run a live item belongs to, and whether it is its document (or overflow of it) or last values. */
export function parseRunSortKey(sk: string): { readonly runId: string; readonly kind: RunItemKind } {
  const [, runId = '', kind = ''] = sk.split('#');
  return { runId, kind: kind.startsWith('latest') ? 'latest' : 'doc' };
}

export const metricHistoryPrefix = (ownerId: string): KeyPrefix => ({ pk: `METRICS#${ownerId}`, skPrefix: 'S#' });

export const metricAppendKey = (ownerId: string, sortableId: string): Key => ({
  pk: `METRICS#${ownerId}`,
  sk: `S#${sortableId}`,
});

/** All of a metric history, however it is packed. */
export const metricsPrefix = (ownerId: string): KeyPrefix => ({ pk: `METRICS#${ownerId}`, skPrefix: '' });

/** The run whose document or history an item under this key is; undefined for items that tell nothing of a write to a run. */
export function writtenRun({ pk, sk }: Key): string | undefined {
  const [family, ownerId = ''] = pk.split('#');
  if (family === 'METRICS' && sk.startsWith('S#')) return homeOf(ownerId) && ownerId;
  if (family !== 'RUNS' || !sk.startsWith('L#')) return undefined;
  // Last values are written beside the history, which tells of them.
  const { runId, kind } = parseRunSortKey(sk);
  return kind === 'doc' && homeOf(runId) ? runId : undefined;
}

/** Work spreads over this many partitions: each takes a thousand notes a second, and costs a read when it is empty. */
const WORK_SHARDS = 8;

/** All items of work lie in partitions with this prefix. */
export const WORK_PARTITIONS = 'WORK#';

/** Which run was written to. The digits at the end of its id are random. */
export const workKey = (runId: string): Key => ({
  pk: `${WORK_PARTITIONS}${Number.parseInt(runId.slice(-1), 16) % WORK_SHARDS}`,
  sk: runId,
});

export const WORK_PREFIXES: readonly KeyPrefix[] = Array.from({ length: WORK_SHARDS }, (_, shard) => ({
  pk: `${WORK_PARTITIONS}${shard}`,
  skPrefix: '',
}));

/** Experiments whose archive is damaged. */
export const DAMAGES: KeyPrefix = { pk: `${WORK_PARTITIONS}damaged`, skPrefix: '' };

export const damageKey = (experimentId: string): Key => ({ pk: DAMAGES.pk, sk: experimentId });
/** What is appended and, behind it, the index of the shared parts: read in this order, no point is missed. */
export const metricTailPrefix = (runId: string): KeyPrefix => ({ pk: `METRICS#${runId}`, skPrefix: 'S' });

export const sharedIndexKey = (runId: string): Key => ({ pk: `METRICS#${runId}`, sk: 'S~' });

export const sharedPartKey = (runId: string, seq: number): Key => ({ pk: `METRICS#${runId}`, sk: `P#${seq}` });

/** A metric's key may be longer than a sort key: its hash stands for it. */
export const metricIndexKey = (runId: string, key: string): Key => ({ pk: `METRICS#${runId}`, sk: `X#${hashOf(key)}` });

export const metricChunkKey = (runId: string, key: string, seq: number): Key => ({
  pk: `METRICS#${runId}`,
  sk: `C#${hashOf(key)}#${seq}`,
});

/** Where a metric stands among those of the shared parts, which are sorted by it. */
export const sharedRank = (key: string): string => hashOf(key);

/** Names and digests are free text, too long for a sort key: their hash stands for them. */
export const datasetKey = (experimentId: string, name: string, digest: string): Key => ({
  pk: `DATASETS#${experimentId}`,
  sk: hashOf(JSON.stringify([name, digest])),
});

export const datasetsPrefix = (experimentId: string): KeyPrefix => ({ pk: `DATASETS#${experimentId}`, skPrefix: '' });

export const modelDocumentKey = (home: Home, modelId: string): Key => ({
  pk: modelsPartition(home),
  sk: `${modelId}#doc`,
});

export const modelPrefix = (home: Home, modelId: string): KeyPrefix => ({
  pk: modelsPartition(home),
  skPrefix: `${modelId}#`,
});

export const modelMetricKey = (home: Home, modelId: string, sortableId: string): Key => ({
  pk: modelsPartition(home),
  sk: `${modelId}#M#${sortableId}`,
});

export const modelsPrefixes = (experimentId: string): readonly KeyPrefix[] =>
  shardsOf(experimentId).map((home) => ({ pk: modelsPartition(home), skPrefix: MODEL_PREFIX }));

export function parseModelSortKey(sk: string): { readonly modelId: string; readonly kind: 'doc' | 'metrics' } {
  const [modelId = '', kind = ''] = sk.split('#');
  return { modelId, kind: kind === 'M' ? 'metrics' : 'doc' };
}

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

export const DEFAULT_POLICY_KEY: Key = { pk: 'POLICIES', sk: 'default' };

const promotionsPartition = (shard: string): string => `PROMOTIONS#${shard}`;

/** The kinds of items that promotions leave. */
const [REQUEST, CLAIM, HISTORY] = ['R', 'O', 'H'];

/** The promotion requests of all models. */
export const PROMOTION_REQUESTS: readonly KeyPrefix[] = HEX_DIGITS.map((shard) => ({
  pk: promotionsPartition(shard),
  skPrefix: `${REQUEST}#`,
}));

const promotionsPrefix = (kind: string | undefined, registeredModelId: string): KeyPrefix => ({
  pk: promotionsPartition(registeredModelId.charAt(0)),
  skPrefix: `${kind}#${registeredModelId}#`,
});

/** The promotion requests of a model. */
export const requestsOfModel = (registeredModelId: string): KeyPrefix => promotionsPrefix(REQUEST, registeredModelId);

/** The promotions of a model. */
export const promotionsOfModel = (registeredModelId: string): KeyPrefix => promotionsPrefix(HISTORY, registeredModelId);

const below = ({ pk, skPrefix }: KeyPrefix, end: string): Key => ({ pk, sk: skPrefix + end });

export const promotionKey = (registeredModelId: string, promotionId: string): Key =>
  below(promotionsOfModel(registeredModelId), promotionId);

const REQUEST_ID = /^([0-9a-f]{20})-([0-9a-f]{32})$/;

/** The id of a promotion request tells its model, so that it is one read away. */
export const requestIdFor = (registeredModelId: string, sortableId: string): string =>
  `${registeredModelId}-${sortableId}`;

/** Where a promotion request lies; undefined for an id that Tracklet never made. */
export function promotionRequestKey(requestId: string): Key | undefined {
  const [, registeredModelId = '', sortableId = ''] = REQUEST_ID.exec(requestId) ?? [];
  return sortableId === '' ? undefined : below(requestsOfModel(registeredModelId), sortableId);
}

/** What keeps a version from being asked for twice. A target may have a long name: its hash stands for it. */
export const openRequestKey = ({ registeredModelId, versionNumber }: VersionPlace, targetName: string): Key =>
  below(promotionsPrefix(CLAIM, registeredModelId), `${versionNumber}#${hashOf(targetName)}`);

/** The saved views of an experiment. */
export const viewsPrefix = (experimentId: string): KeyPrefix => ({ pk: `VIEWS#${experimentId}`, skPrefix: '' });

export const viewKey = (experimentId: string, viewId: string): Key => ({ pk: `VIEWS#${experimentId}`, sk: viewId });

export const WEBHOOKS: KeyPrefix = { pk: 'WEBHOOKS', skPrefix: '' };

export const webhookKey = (webhookId: string): Key => ({ pk: WEBHOOKS.pk, sk: webhookId });

/** What is to be delivered, by when it is due. */
export const DELIVERIES: KeyPrefix = { pk: 'DELIVERIES', skPrefix: '' };

const TIME_DIGITS = 13;

/** A message that has still all its receivers before it has no webhook. */
export const deliveryKey = (dueTime: number, eventId: string, webhookId: string | undefined): Key => ({
  pk: DELIVERIES.pk,
  sk: [
    String(Math.floor(dueTime)).padStart(TIME_DIGITS, '0'),
    eventId,
    ...(webhookId === undefined ? [] : [webhookId]),
  ].join('#'),
});

/** When an item of the queue is due. */
export const dueTimeOf = ({ sk }: Key): number => Number(sk.slice(0, TIME_DIGITS));

export const DEAD_LETTERS: KeyPrefix = { pk: 'DEAD-LETTERS', skPrefix: '' };

export const deadLetterKey = (eventId: string, webhookId: string): Key => ({
  pk: DEAD_LETTERS.pk,
  sk: `${eventId}#${webhookId}`,
});

const OVERFLOW_MARK = '~';

/** One part of a document that is too large for an item; `generation` sorts by document version. */
export const overflowKey = (document: Key, generation: string, part: number): Key => ({
  pk: document.pk,
  sk: `${document.sk}${OVERFLOW_MARK}${generation}${OVERFLOW_MARK}${String(part).padStart(4, '0')}`,
});

export const overflowPrefix = (document: Key, generation = ''): KeyPrefix => ({
  pk: document.pk,
  skPrefix: `${document.sk}${OVERFLOW_MARK}${generation}`,
});

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

/** Where webhooks, deliveries to them and those that were given up lie, and what seals the secrets of webhooks. */
export const DELIVERY_PARTITIONS = [WEBHOOKS.pk, DELIVERIES.pk, DEAD_LETTERS.pk, 'SECRETS'];
