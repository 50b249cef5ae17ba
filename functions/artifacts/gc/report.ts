/** What garbage collection removes. */
export type Kind = 'runs' | 'loggedModels' | 'experiments';

/** Something that was not removed though it was chosen, and why. */
export interface KeptThing {
  readonly id: string;
  readonly reason: string;
}

/** A removed thing whose files lie where this server removes none. */
export interface LeftFiles extends KeptThing {
  readonly uri: string;
}

/** What became of the things of a kind. */
export interface KindReport {
  /** How many were chosen. */
  readonly found: number;
  /** Ids of those that are gone; in a dry run of those that would be. */
  readonly removed: readonly string[];
  readonly kept: readonly KeptThing[];
  /** Those that a later collection finishes. */
  readonly failed: readonly KeptThing[];
  readonly leftFiles: readonly LeftFiles[];
  /** Files that were removed, and their bytes. */
  readonly objects: number;
  readonly bytes: number;
}

/** Unfinished uploads. */
export interface UploadReport {
  readonly found: number;
  readonly aborted: number;
  /** Why not all of them were. */
  readonly failed: readonly string[];
}

export interface CollectReport extends Readonly<Record<Kind, KindReport>> {
  readonly uploads: UploadReport;
}

/** A report that grows. */
export interface ReportBuilder {
  readonly found: (kind: Kind, count: number) => void;
  readonly removed: (kind: Kind, id: string) => void;
  readonly kept: (kind: Kind, id: string, reason: string) => void;
  readonly failed: (kind: Kind, id: string, reason: string) => void;
  readonly leftFiles: (kind: Kind, id: string, uri: string, reason: string) => void;
  readonly freed: (kind: Kind, freed: { readonly objects: number; readonly bytes: number }) => void;
  readonly uploads: (part: UploadReport) => void;
  /** Notes that a piece of work is behind us of which there is nothing to tell. */
  readonly passed: () => void;
  /** Whether anything was removed, kept or passed since the beginning. */
  readonly hasProgress: () => boolean;
  readonly build: () => CollectReport;
}

const newKind = () => ({
  found: 0,
  removed: [] as string[],
  kept: [] as KeptThing[],
  failed: [] as KeptThing[],
  leftFiles: [] as LeftFiles[],
  objects: 0,
  bytes: 0,
});

export function createReport(): ReportBuilder {
  const kinds = { runs: newKind(), loggedModels: newKind(), experiments: newKind() };
  let uploads: UploadReport = { found: 0, aborted: 0, failed: [] };
  let hasProgress = false;
  const passed = () => {
    hasProgress = true;
  };
  return {
    found: (kind, count) => {
      kinds[kind].found += count;
    },
    removed: (kind, id) => {
      kinds[kind].removed.push(id);
      passed();
    },
    kept: (kind, id, reason) => {
      kinds[kind].kept.push({ id, reason });
      passed();
    },
    failed: (kind, id, reason) => {
      kinds[kind].failed.push({ id, reason });
      passed();
    },
    leftFiles: (kind, id, uri, reason) => kinds[kind].leftFiles.push({ id, uri, reason }),
    freed: (kind, { objects, bytes }) => {
      kinds[kind].objects += objects;
      kinds[kind].bytes += bytes;
      if (objects > 0) passed();
    },
    uploads: (part) => {
      uploads = part;
    },
    passed,
    hasProgress: () => hasProgress,
    build: () => ({ ...kinds, uploads }),
  };
}

/** Whether all that was chosen is gone, but for what is kept with a reason. */
export const isComplete = ({ runs, loggedModels, experiments, uploads }: CollectReport): boolean =>
  [runs, loggedModels, experiments, uploads].every(({ failed }) => failed.length === 0);
