import { describe, expect, test } from 'vitest';
import { parseShallow, readText } from '../../functions/http/body-limits.ts';
import { parseJson } from '../../functions/protocol/json.ts';

const request = (body: string, headers: Record<string, string> = {}) =>
  new Request('http://127.0.0.1/', { method: 'POST', body, headers });

const streamed = (...chunks: readonly string[]) => {
  const bytes = chunks.map((chunk) => new TextEncoder().encode(chunk));
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const next = bytes.shift();
      if (next) controller.enqueue(next);
      else controller.close();
    },
  });
  return new Request('http://127.0.0.1/', { method: 'POST', body, duplex: 'half' } as RequestInit);
};

describe('a body', () => {
  test('is read up to its limit, whether its length is told or not', async () => {
    expect(await readText(request('é1234', { 'content-length': '6' }), 6)).toBe('é1234');
    expect(await readText(streamed('é12', '34'), 6)).toBe('é1234');
  });

  test('is refused beyond it before it is all read', async () => {
    const error = { code: 'REQUEST_TOO_LARGE', status: 413 };
    await expect(readText(request('1234567', { 'content-length': '7' }), 6)).rejects.toMatchObject(error);
    await expect(readText(streamed('1234', '567', '8'), 6)).rejects.toMatchObject(error);
  });

  test('may be none', async () => {
    expect(await readText(new Request('http://127.0.0.1/', { method: 'POST' }))).toBe('');
  });
});

const nested = (levels: number, filling: string) =>
  `${'[{"a":'.repeat(levels / 2)}"${filling}"${'}]'.repeat(levels / 2)}`;
const check = (json: string) => parseShallow(json, JSON.parse);
const TOO_DEEP = 'nested too deeply';

describe.each([
  ['long JSON', 10_000],
  ['JSON that is too long to be parsed first', 1_000_000],
])('%s', (_, length) => {
  test('may be a hundred levels deep', () => {
    const filling = 'x'.repeat(length);
    expect(check(nested(100, filling))).toEqual(JSON.parse(nested(100, filling)));
    expect(() => check(nested(102, filling))).toThrow(TOO_DEEP);
    expect(() => check(nested(4_000, filling))).toThrow(TOO_DEEP);
  });

  test('may hold brackets in its texts', () => {
    const text = JSON.stringify({ a: `${'[{'.repeat(length / 2)}\\"`, b: '\\', c: ['['] });
    expect(check(text)).toEqual(JSON.parse(text));
    expect(check(`"${'\\"['.repeat(length / 2)}"`)).toBe('"['.repeat(length / 2));
  });
});

describe('very deep JSON', () => {
  test('is refused, parsed or not, whole or not', () => {
    expect(() => check('['.repeat(2_000_000))).toThrow(TOO_DEEP);
    expect(() => check('['.repeat(900_000))).toThrow(SyntaxError);
    expect(() => check('['.repeat(400_000) + ']'.repeat(400_000))).toThrow(TOO_DEEP);
    expect(() => parseShallow('['.repeat(400_000) + ']'.repeat(400_000), parseJson)).toThrow(TOO_DEEP);
  });

  test('may be short', () => {
    expect(check('['.repeat(4_000) + ']'.repeat(4_000))).toHaveLength(1);
  });
});
