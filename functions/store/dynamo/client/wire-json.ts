/**
 * DynamoDB's JSON: attribute values as they are, but bytes as base64 under `B`. Only the places where items stand are
 * looked at on the way in: a reviver over a page of a megabyte would cost more than the parsing.
 */
export const toWireJson = (input: object): string => JSON.stringify(withBase64(input));

/** A copy in which all bytes are base64. */
export function withBase64(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.length).toString('base64');
  if (Array.isArray(value)) return value.map(withBase64);
  // Half the time of Object.fromEntries.
  const copy: Record<string, unknown> = { ...value };
  for (const name in copy) copy[name] = withBase64(copy[name]);
  return copy;
}

type WireItem = Record<string, { B?: string | Uint8Array }>;

interface Answer {
  readonly Item?: WireItem;
  readonly Items?: readonly WireItem[];
  readonly Attributes?: WireItem;
  readonly Responses?: Readonly<Record<string, readonly WireItem[]>>;
  readonly CancellationReasons?: readonly { readonly Item?: WireItem }[];
}

/** Parses an answer and gives its items their bytes back. */
export function fromWireJson(text: string): unknown {
  const answer: Answer = JSON.parse(text);
  if (!text.includes('"B"')) return answer;
  const reasons = answer.CancellationReasons?.map(({ Item }) => Item) ?? [];
  const responses = Object.values(answer.Responses ?? {}).flat();
  for (const item of [answer.Item, answer.Attributes, ...(answer.Items ?? []), ...responses, ...reasons]) {
    if (item) restoreBytes(item);
  }
  return answer;
}

/** In place: the item was parsed a moment ago and belongs to nobody yet. */
export function restoreBytes(item: WireItem): void {
  for (const value of Object.values(item)) {
    if (typeof value.B === 'string') value.B = Buffer.from(value.B, 'base64');
  }
}
