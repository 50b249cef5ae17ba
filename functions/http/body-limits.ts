import { invalidParameter, MlflowError } from '../domain/errors.ts';

/** Datasets' profiles are the largest there is: 16 MB each (see domain/limits.ts), and several of them in one call. */
const MAX_BODY_BYTES = 64 * 2 ** 20;

/** Levels of arrays and objects; protobuf reads 100 (json_format, max_recursion_depth), of which no message needs ten. */
const MAX_DEPTH = 100;

/** What is shorter than this can be as deep as it likes, */
const SHALLOW_LENGTH = 10_000;
/** and what is shorter than this can be parsed first: V8 takes about 40 bytes a level meanwhile. */
const PARSED_LENGTH = 1_000_000;

/** A body as text. Throws REQUEST_TOO_LARGE as soon as it is known to have more than 64 MB. */
export async function readText(request: Request, maxBytes = MAX_BODY_BYTES): Promise<string> {
  const declared = request.headers.get('content-length');
  if (declared !== null && Number(declared) > maxBytes) throw tooLarge(maxBytes);
  // The platform cuts a body off where its declared length ends.
  if (declared !== null || request.body === null) return request.text();
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of request.body) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

const tooLarge = (maxBytes: number) =>
  new MlflowError('REQUEST_TOO_LARGE', `The request body is larger than ${maxBytes} bytes.`);

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Makes one of both kinds of brackets: `[` and `{` differ in this bit, and so do `]` and `}`. */
const KIND = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

const tooDeep = () => invalidParameter('Invalid request body: it is nested too deeply.');

/**
 * Parses JSON by `parse`; throws INVALID_PARAMETER_VALUE for long JSON that is nested more than 100 levels deep. To look
 * at what was parsed takes a fraction of the time of looking at its text.
 */
export function parseShallow(json: string, parse: (json: string) => unknown): unknown {
  if (json.length >= PARSED_LENGTH) checkDepth(json);
  const value = parse(json);
  const isChecked = json.length < SHALLOW_LENGTH || json.length >= PARSED_LENGTH;
  if (!isChecked && isDeeper(value, MAX_DEPTH)) throw tooDeep();
  return value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((each) => isDeeper(each, levels - 1));
  for (const name in value) if (isDeeper((value as Readonly<Record<string, unknown>>)[name], levels - 1)) return true;
  return false;
}

function checkDepth(json: string): void {
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfString(json, at);
    else if ((code | KIND) === OPENING) depth += 1;
    else if ((code | KIND) === CLOSING) depth -= 1;
    if (depth > MAX_DEPTH) throw tooDeep();
  }
}

/** Where the string ends that begins at a quote. */
function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (end > 0 && isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end < 0 ? json.length : end;
}

function isEscaped(json: string, quote: number): boolean {
  let at = quote;
  while (json.charCodeAt(at - 1) === BACKSLASH) at -= 1;
  return (quote - at) % 2 === 1;
}
