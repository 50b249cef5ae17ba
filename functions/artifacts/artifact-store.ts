import type { ReadableStream } from 'node:stream/web';

/** A file or folder of an artifact listing; `path` is its last segment. */
export interface ArtifactEntry {
  readonly path: string;
  readonly isDir: boolean;
  readonly sizeBytes: number | undefined;
}

/** An artifact on its way out. */
export interface ArtifactContent {
  readonly body: ReadableStream<Uint8Array>;
  readonly sizeBytes: number;
  /** `bytes a-b/total` when a range was asked for and given. */
  readonly contentRange: string | undefined;
}

/** An artifact on its way in; the size is unknown when it comes in chunks. */
export interface ArtifactUpload {
  readonly body: ReadableStream<Uint8Array> | null;
  readonly sizeBytes: number | undefined;
}

/** Files by path below the artifact root, such as `7/<run id>/artifacts/model/MLmodel`. Paths are safe already. */
export interface ArtifactStore {
  /** Overwrites. Nothing is listed before the whole body is stored. */
  readonly put: (path: string, upload: ArtifactUpload) => Promise<void>;
  /** Undefined when there is no such file. `range` is the header's value; one that cannot be met throws. */
  readonly find: (path: string, range: string | undefined) => Promise<ArtifactContent | undefined>;
  /** The size of a file; undefined when there is none. */
  readonly findSizeBytes: (path: string) => Promise<number | undefined>;
  /** One level, sorted by path; empty for a file or for nothing. */
  readonly list: (path: string) => Promise<readonly ArtifactEntry[]>;
  /** A file, or a folder with all that is in it; nothing there is no error. */
  readonly remove: (path: string) => Promise<void>;
}
