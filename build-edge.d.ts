export function buildEdgeFunction(): string;
