import { describe, expect, test } from 'vitest';
import { checkDepth, readText } from '../../functions/http/body-limits.ts';

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

const nested = (levels: number, filling = 'x'.repeat(10_000)) =>
  `${'[{"a":'.repeat(levels / 2)}"${filling}"${'}]'.repeat(levels / 2)}`;

describe('long JSON', () => {
  test('may be a hundred levels deep', () => {
    expect(() => checkDepth(nested(100))).not.toThrow();
    expect(() => checkDepth(nested(102))).toThrow('nested too deeply');
    expect(() => checkDepth('['.repeat(1_000_000))).toThrow('nested too deeply');
  });

  test('may hold brackets in its texts', () => {
    const text = JSON.stringify({ a: `${'[{'.repeat(6000)}\\"`, b: '\\', c: ['['] });
    expect(() => checkDepth(text)).not.toThrow();
    expect(() => checkDepth(`"${'\\"['.repeat(6000)}`)).not.toThrow();
  });
});
