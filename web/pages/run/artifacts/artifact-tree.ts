import type { Artifact } from '../../../api/artifacts.ts';

/** A line of the tree. */
export interface TreeNode {
  readonly artifact: Artifact;
  /** 1 for what lies at the root, as aria-level counts. */
  readonly level: number;
  readonly isOpen: boolean;
  /** Whether what is in an open folder is still being read. */
  readonly isLoading: boolean;
}

/** What the levels that were read show as lines; `''` is the root. */
export function treeNodes(
  levels: ReadonlyMap<string, readonly Artifact[]>,
  openFolders: ReadonlySet<string>,
): readonly TreeNode[] {
  const below = (folder: string, level: number): readonly TreeNode[] =>
    (levels.get(folder) ?? []).flatMap((artifact) => {
      const isOpen = artifact.isFolder && openFolders.has(artifact.path);
      const isLoading = isOpen && !levels.has(artifact.path);
      const node: TreeNode = { artifact, level, isOpen, isLoading };
      return isOpen ? [node, ...below(artifact.path, level + 1)] : [node];
    });
  return below('', 1);
}

/** The folder that a path lies in; `''` is the root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** All folders that a path lies in, the outermost first. */
export function foldersAbove(path: string): readonly string[] {
  const folder = folderOf(path);
  return folder === '' ? [] : [...foldersAbove(folder), folder];
}

/** A name in a folder. */
export const joinPath = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);
