import type { RunKeyKind } from '../../../store/run-survey.ts';

/** The kinds of keys as the wire names them. */
export const WIRE_KINDS = { METRIC: 1, PARAM: 2, TAG: 3, ATTRIBUTE: 4 } as const;
export type WireKind = keyof typeof WIRE_KINDS;

export const KIND_OF: Readonly<Record<WireKind, RunKeyKind>> = {
  METRIC: 'metric',
  PARAM: 'param',
  TAG: 'tag',
  ATTRIBUTE: 'attribute',
};

const WIRE_KIND_OF: Readonly<Record<RunKeyKind, WireKind>> = {
  metric: 'METRIC',
  param: 'PARAM',
  tag: 'TAG',
  attribute: 'ATTRIBUTE',
};

export const wireKindOf = (kind: RunKeyKind): WireKind => WIRE_KIND_OF[kind];
