import { folderOf, type TreeNode } from './artifact-tree.ts';

/** What a key does in the tree, and to which of its lines. */
export interface TreeAct {
  readonly kind: 'move' | 'choose' | 'open' | 'close';
  readonly index: number;
}

/** What a key does where the line `at` is the active one (-1: none is); undefined for a key that does nothing there. */
export function actOfKey(key: string, nodes: readonly TreeNode[], at: number): TreeAct | undefined {
  switch (key) {
    case 'ArrowDown':
      return { kind: 'move', index: at + 1 };
    case 'ArrowUp':
      return { kind: 'move', index: at - 1 };
    case 'Home':
      return { kind: 'move', index: 0 };
    case 'End':
      return { kind: 'move', index: nodes.length - 1 };
    case 'ArrowRight':
      return inward(nodes[at], at);
    case 'ArrowLeft':
      return outward(nodes, at);
    case 'Enter':
    case ' ':
      return { kind: 'choose', index: at };
    default:
      return undefined;
  }
}

/** A closed folder opens; in an open one the first line is next. */
function inward(node: TreeNode | undefined, at: number): TreeAct | undefined {
  if (!node?.artifact.isFolder) return undefined;
  return node.isOpen ? { kind: 'move', index: at + 1 } : { kind: 'open', index: at };
}

/** An open folder closes; from anything else it goes to the folder around it. */
function outward(nodes: readonly TreeNode[], at: number): TreeAct | undefined {
  const node = nodes[at];
  if (node === undefined) return undefined;
  if (node.isOpen) return { kind: 'close', index: at };
  const around = nodes.findIndex(({ artifact }) => artifact.path === folderOf(node.artifact.path));
  return around < 0 ? undefined : { kind: 'move', index: around };
}
