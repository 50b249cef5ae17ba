import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { type Ask, jsonOf, said } from './connection.ts';
import { type Finding, fault } from './finding.ts';
import { FILE_TIMEOUT_MS, FILES, LARGE_BYTES, readBack, sizeText } from './read-back.ts';

const PART_BYTES = LARGE_BYTES / 2;

const multipart = z.object({ upload_id: z.string(), credentials: z.array(z.object({ url: z.string() })) });

/** As clients send files of 500 MB and more: parts by presigned URLs. */
export async function checkParts(ask: Ask, folder: string, name: string): Promise<Finding> {
  const subject = `${sizeText(LARGE_BYTES)} in parts`;
  const post = (verb: string, json: object) =>
    ask({ method: 'POST', path: `${FILES}/mpu/${verb}/${folder}`, json: { path: name, ...json } });
  const started = await post('create', { num_parts: LARGE_BYTES / PART_BYTES });
  const upload = multipart.safeParse(jsonOf(started));
  if (!upload.success) return fault(subject, `cannot be started: ${said(started)}`);
  const { upload_id, credentials } = upload.data;
  const bytes = randomBytes(LARGE_BYTES);
  const sent = await sendParts(ask, credentials, bytes);
  if (sent.trouble !== undefined) {
    await post('abort', { upload_id });
    return fault(subject, sent.trouble);
  }
  const done = await post('complete', { upload_id, parts: sent.parts });
  if (done.status !== 200) return fault(subject, `cannot be completed: ${said(done)}`);
  return readBack(ask, { subject, url: `${FILES}/artifacts/${folder}/${name}`, bytes, sentMs: sent.tookMs });
}

interface SentParts {
  readonly parts: readonly { readonly part_number: number; readonly etag: string; readonly url: string }[];
  readonly tookMs: number;
  readonly trouble?: string;
}

async function sendParts(ask: Ask, urls: readonly { readonly url: string }[], bytes: Uint8Array): Promise<SentParts> {
  let sent: SentParts = { parts: [], tookMs: 0 };
  for (const [at, { url }] of urls.entries()) {
    const part = bytes.subarray(at * PART_BYTES, (at + 1) * PART_BYTES);
    // The URL is the proof; a second one would be refused.
    const answer = await ask({ method: 'PUT', path: url, bytes: part, isAnonymous: true, timeoutMs: FILE_TIMEOUT_MS });
    if (answer.status !== 200) {
      return { ...sent, trouble: `part ${at + 1} cannot be sent to ${new URL(url).host}: ${said(answer)}` };
    }
    const etag = answer.headers.get('etag') ?? '';
    sent = { parts: [...sent.parts, { part_number: at + 1, etag, url }], tookMs: sent.tookMs + answer.tookMs };
  }
  return sent;
}
