/** Whether no new piece of work is to be begun. */
export type IsTimeUp = () => boolean;

/** Files that are gone, or would be in a dry run. */
export interface Freed {
  readonly objects: number;
  readonly bytes: number;
  /** Whether there are no more of them; otherwise the time was up. */
  readonly isDone: boolean;
}

/** Uploads in parts that nobody finished. */
export interface StaleUploads {
  readonly found: number;
  readonly aborted: number;
}

/** Files below the artifact root, by folder. Paths are safe already. */
export interface StoredFiles {
  readonly measure: (folder: string, isTimeUp: IsTimeUp) => Promise<Freed>;
  /** Removes all files in a folder and below it. A versioned bucket keeps the old versions as long as its rules say. */
  readonly remove: (folder: string, isTimeUp: IsTimeUp) => Promise<Freed>;
  /** Looks for uploads that began before a time, in ms, and aborts them unless it is a dry run. */
  readonly abortUploads: (beforeMs: number, isDryRun: boolean, isTimeUp: IsTimeUp) => Promise<StaleUploads>;
}
