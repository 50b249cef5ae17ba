import type { Artifact } from '../../../api/artifacts.ts';

/** What lies in a folder of a run. */
export interface RunLevel {
  readonly runId: string;
  readonly folder: string;
  readonly artifacts: readonly Artifact[];
}

/** What lies in the folders of several runs together. */
export interface UnionLevels {
  /** Each path once, folders first; its size is that of the largest. */
  readonly byFolder: ReadonlyMap<string, readonly Artifact[]>;
  /** What each run has at a path. */
  readonly holders: ReadonlyMap<string, ReadonlyMap<string, Artifact>>;
}

/** Puts the folders of runs together. What is a folder in one run and a file in another is a folder. */
export function unionOf(levels: readonly RunLevel[]): UnionLevels {
  const byFolder = new Map<string, Map<string, Artifact>>();
  const holders = new Map<string, Map<string, Artifact>>();
  for (const { runId, folder, artifacts } of levels) {
    const level = byFolder.get(folder) ?? new Map<string, Artifact>();
    byFolder.set(folder, level);
    for (const artifact of artifacts) {
      const own = holders.get(artifact.path) ?? new Map<string, Artifact>();
      holders.set(artifact.path, own.set(runId, artifact));
      level.set(artifact.path, widest(level.get(artifact.path), artifact));
    }
  }
  return {
    byFolder: new Map([...byFolder].map(([folder, level]) => [folder, [...level.values()].sort(compareArtifacts)])),
    holders,
  };
}

function widest(kept: Artifact | undefined, { path, isFolder, sizeBytes }: Artifact): Artifact {
  return {
    path,
    isFolder: isFolder || (kept?.isFolder ?? false),
    sizeBytes: Math.max(sizeBytes, kept?.sizeBytes ?? 0),
  };
}

const compareArtifacts = (a: Artifact, b: Artifact): number =>
  Number(b.isFolder) - Number(a.isFolder) || a.path.localeCompare(b.path);

/** Who has a file and who lacks it, as a sentence: `In 2 of 3 runs, not in cyd.` */
export function holdingText(names: ReadonlyMap<string, string>, holders: ReadonlyMap<string, unknown>): string {
  const lacking = [...names].filter(([runId]) => !holders.has(runId)).map(([, name]) => name);
  if (lacking.length === 0) return `In all ${names.size} runs.`;
  const others = lacking.length - MOST_NAMED;
  const named = others > 0 ? [...lacking.slice(0, MOST_NAMED), `${others} others`] : lacking;
  return `In ${names.size - lacking.length} of ${names.size} runs, not in ${named.join(', ')}.`;
}

const MOST_NAMED = 3;
