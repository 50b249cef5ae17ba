import {
  edgeBetween,
  type LineageDirection,
  type LineageEdge,
  type LineageNode,
  lineageIdOf,
} from '../../../domain/lineage.ts';
import type { Neighbours } from './neighbours.ts';

/** What was found around a node. */
export interface LineageGraph {
  /** The node that was asked about, then the others, the nearer ones first. */
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
  /** Whether there was no room for all. */
  readonly isTruncated: boolean;
}

interface WalkRequest {
  readonly start: LineageNode;
  readonly directions: readonly LineageDirection[];
  readonly maxDepth: number;
  readonly maxNodes: number;
  readonly neighbours: Neighbours;
}

/** Nodes whose neighbours are asked for at once. */
const AT_ONCE = 16;

/** What a node came of, and what came of it: each way straight on, so that siblings are not found. */
export async function walkLineage(request: WalkRequest): Promise<LineageGraph> {
  const { start, directions, maxDepth, maxNodes, neighbours } = request;
  const nodes = new Map([[lineageIdOf(start), start]]);
  const edges = new Map<string, LineageEdge>();
  let isTruncated = false;

  /** Notes a neighbour; whether it is new. */
  const note = (node: LineageNode, other: LineageNode, direction: LineageDirection): boolean => {
    const id = lineageIdOf(other);
    const isNew = !nodes.has(id);
    if (isNew && nodes.size >= maxNodes) {
      isTruncated = true;
      return false;
    }
    nodes.set(id, nodes.get(id) ?? other);
    const edge = edgeBetween(node, other, direction);
    edges.set(`${edge.from} ${edge.to}`, edge);
    return isNew;
  };

  const step = async (
    frontier: readonly LineageNode[],
    direction: LineageDirection,
  ): Promise<readonly LineageNode[]> => {
    const next: LineageNode[] = [];
    for (let at = 0; at < frontier.length && !isTruncated; at += AT_ONCE) {
      const some = frontier.slice(at, at + AT_ONCE);
      // One beyond the room tells that there is more.
      const found = await Promise.all(some.map((node) => neighbours(node, direction, maxNodes + 1)));
      for (const [place, node] of some.entries()) {
        next.push(...(found[place] ?? []).filter((other) => note(node, other, direction)));
      }
    }
    return next;
  };

  for (const direction of directions) {
    let frontier: readonly LineageNode[] = [start];
    for (let depth = 0; depth < maxDepth && frontier.length > 0; depth += 1) frontier = await step(frontier, direction);
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()], isTruncated };
}
