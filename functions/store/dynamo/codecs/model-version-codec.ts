import type { ModelVersion } from '../../../domain/entities.ts';
import type { DocumentCodec } from '../documents.ts';
import type { Item } from '../table.ts';

type StoredVersion = readonly [
  registeredModelId: string,
  versionNumber: number,
  creationTime: number,
  lastUpdateTime: number,
  description: string | null,
  source: string,
  storageLocation: string,
  runId: string,
  loggedModelId: string | null,
  runLink: string,
  tags: readonly (readonly [string, string])[],
];

/** Since versions tell who made them, where somebody did. */
type StoredAuthoredVersion = readonly [...StoredVersion, author: string];

/**
 * A version as a list of its values: a search reads all versions, and names of fields would be a third of them. What it
 * refers to stands beside the JSON, so that it can be removed without its document's parts.
 */
export const modelVersionCodec: DocumentCodec<ModelVersion> = {
  encode: (version) => {
    const { registeredModelId, versionNumber, creationTime, lastUpdateTime, description = null, source } = version;
    const { storageLocation, runId, loggedModelId = null, runLink, tags, author } = version;
    const identity = [registeredModelId, versionNumber, creationTime, lastUpdateTime, description] as const;
    const stored: StoredVersion = [...identity, source, storageLocation, runId, loggedModelId, runLink, [...tags]];
    const authored: StoredVersion | StoredAuthoredVersion = author === undefined ? stored : [...stored, author];
    return JSON.stringify(authored);
  },
  decode: (json) => {
    // The table holds what encode wrote.
    const stored = JSON.parse(json) as StoredVersion | StoredAuthoredVersion;
    const [registeredModelId, versionNumber, creationTime, lastUpdateTime, description, source] = stored;
    const [, , , , , , storageLocation, runId, loggedModelId, runLink, tags] = stored;
    const author = stored[AUTHOR];
    return {
      registeredModelId,
      versionNumber,
      creationTime,
      lastUpdateTime,
      description: description ?? undefined,
      source,
      storageLocation,
      runId,
      loggedModelId: loggedModelId ?? undefined,
      runLink,
      tags: new Map(tags),
      ...(author !== undefined && { author }),
    };
  },
  extra: ({ runId, loggedModelId }) => ({
    ...(runId && { ru: { S: runId } }),
    ...(loggedModelId && { lm: { S: loggedModelId } }),
  }),
};

const AUTHOR = 11;

/** What the item of a version says that it refers to. */
export const referencesOf = ({ ru, lm }: Item) => ({ runId: ru?.S, loggedModelId: lm?.S });
