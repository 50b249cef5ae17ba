/** A stretch of a text that must not be kept, and the rule that says so; `end` is behind it. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly rule: string;
}

/** Finds what a rule is about in a text that stands under a key; in any order, overlapping or not. */
export interface Rule {
  readonly name: string;
  readonly find: (text: string, key: string) => readonly Span[];
}

/** The spans in their order, those that overlap as one under the rule of the first. */
export function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) merged.push(span);
    else merged[merged.length - 1] = { ...last, end: Math.max(last.end, span.end) };
  }
  return merged;
}

/** The text with each of the merged spans replaced by the name of its rule: `[redacted:email]`. */
export function maskSpans(text: string, spans: readonly Span[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end, rule } of spans) {
    pieces.push(text.slice(from, start), `[redacted:${rule}]`);
    from = end;
  }
  return pieces.join('') + text.slice(from);
}
