import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { examine } from '../../../local/doctor/doctor.ts';
import { type DoctorOptions, parseDoctorOptions } from '../../../local/doctor/doctor-options.ts';
import { type Finding, findingLine } from '../../../local/doctor/finding.ts';
import { freePort } from '../../support/free-port.ts';
import { startTracklet, type TrackletProcess } from '../../support/spawn-tracklet.ts';

let open: { readonly process: TrackletProcess; readonly url: string };
let closed: typeof open;

beforeAll(async () => {
  const start = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const process = startTracklet(['serve', '--port', '0', '--ephemeral', ...args], { env });
    return { process, url: await process.ready() };
  };
  const admin = { TRACKLET_ADMIN_USERNAME: 'ada', TRACKLET_ADMIN_PASSWORD: 'correct horse battery' };
  [open, closed] = await Promise.all([start([]), start(['--auth', 'basic'], admin)]);
}, 60_000);

afterAll(async () => {
  await Promise.all([open.process.end('SIGTERM'), closed.process.end('SIGTERM')]);
});

/** Answers a request in the place of the server; false to let it through. */
type Meddle = (message: IncomingMessage, response: ServerResponse) => boolean;

/** Something between the doctor and the server that `meddle`s with the traffic. */
async function meddler(url: string, meddle: Meddle): Promise<string> {
  const server = createServer((message, response) => {
    if (meddle(message, response)) {
      message.resume();
      return;
    }
    const { method, headers } = message;
    const onward = forward(url + message.url, { method, headers }, (answer) => {
      if (!response.headersSent) response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    message.pipe(onward);
  });
  onTestFinished(() => close(server));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });

const refuse = (response: ServerResponse, status: number, text = '') => {
  response.writeHead(status, { connection: 'close' }).end(text);
  return true;
};

async function look(url: string, more: Partial<DoctorOptions> = {}): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const options: DoctorOptions = { url, proof: { kind: 'none' }, experimentId: '0', isReadOnly: false, ...more };
  for await (const finding of examine(options)) findings.push(finding);
  return findings;
}

const kinds = (findings: readonly Finding[]) => findings.map(({ kind, subject }) => `${kind} ${subject}`);
const faultOf = (findings: readonly Finding[]) => findings.filter(({ kind }) => kind === 'fault').map(findingLine);
const passwordOf = (password: string): Partial<DoctorOptions> => ({
  proof: { kind: 'header', authorization: `Basic ${Buffer.from(`ada:${password}`).toString('base64')}` },
});
const ROADS = ['good a run', 'good a file of 1 KB', 'good a file of 20 MB', 'good 20 MB in parts'];
const REACHED = ['good reachable', 'good version', 'good clock'];

describe('a deployment that is well', () => {
  test('is told so, and the run of the look is deleted', async () => {
    expect(kinds(await look(open.url))).toEqual([...REACHED, 'good strangers', ...ROADS]);
    const answer = await fetch(`${open.url}/api/2.0/mlflow/runs/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ experiment_ids: ['0'], run_view_type: 'ALL' }),
    });
    expect(await answer.json()).toMatchObject({
      runs: [{ info: { run_name: 'tracklet doctor', lifecycle_stage: 'deleted' } }],
    });
  });

  test('with users, keeps strangers out and knows its caller', async () => {
    const findings = await look(closed.url, passwordOf('correct horse battery'));
    expect(kinds(findings)).toEqual([...REACHED, 'good strangers', 'good sign-in', ...ROADS]);
    expect(findings[4]?.text).toBe('as ada, an admin');
  });

  test('is only read when that is wanted', async () => {
    const written: string[] = [];
    const url = await meddler(open.url, ({ method, url: path = '' }) => {
      if (method !== 'GET' && !path.endsWith('/search')) written.push(path);
      return false;
    });
    expect(kinds(await look(url, { isReadOnly: true })).at(-1)).toBe('note files');
    expect(written).toEqual([]);
  });
});

describe('a fault is named, with what to do', () => {
  test('no answer', async () => {
    const port = await freePort();
    expect(faultOf(await look(`http://127.0.0.1:${port}`))).toEqual([expect.stringContaining('ECONNREFUSED')]);
  });

  test('another server', async () => {
    const url = await meddler(open.url, (_, response) => refuse(response, 404));
    expect(faultOf(await look(url))).toEqual([expect.stringContaining('/health answers 404')]);
  });

  test('a clock that is wrong by five minutes', async () => {
    const url = await meddler(open.url, ({ url: path }, response) => {
      if (path !== '/health') return false;
      response.writeHead(200, { date: new Date(Date.now() - 300_000).toUTCString() }).end('OK');
      return true;
    });
    const faults = faultOf(await look(url));
    expect(faults).toEqual([
      expect.stringMatching(/^FAULT {2}clock .*(?:299|300) s apart from the server's; set this/),
    ]);
  });

  test.each([
    ['nobody says who he is', {}, /say who you are: MLFLOW_TRACKING_USERNAME/],
    ['the password is wrong', passwordOf('wrong'), /sign-in .*refused \(401 .*look at the password/],
    ['the token is wrong', { proof: { kind: 'header', authorization: 'Bearer tracklet_x.y' } }, /refused \(401/],
  ] as const)('%s', async (_, options, fault) => {
    expect(faultOf(await look(closed.url, options))).toEqual([expect.stringMatching(fault)]);
  });

  test('no such experiment', async () => {
    expect(faultOf(await look(open.url, { experimentId: '987654' }))).toEqual([
      expect.stringMatching(/a run .*cannot be made: 404 .*RESOURCE_DOES_NOT_EXIST/),
    ]);
  });

  test('an address that takes no large files', async () => {
    const url = await meddler(open.url, ({ method, headers }, response) =>
      method === 'PUT' && Number(headers['content-length']) > 6_000_000 ? refuse(response, 413) : false,
    );
    const faults = faultOf(await look(url));
    expect(faults[0]).toMatch(/a file of 20 MB .*too large for this address \(413\).*TrackingUri/);
  });

  test('a part that does not arrive, and its upload is given up', async () => {
    const aborted: string[] = [];
    const url = await meddler(open.url, ({ url: path = '' }, response) => {
      if (path.includes('/mpu/abort/')) aborted.push(path);
      return path.includes('partNumber=2') ? refuse(response, 403, 'SignatureDoesNotMatch') : false;
    });
    // The presigned URLs name the host that was asked for, which is the meddler's.
    const faults = faultOf(await look(url));
    expect(faults).toEqual([expect.stringMatching(/20 MB in parts .*part 2 cannot be sent .*SignatureDoesNotMatch/)]);
    expect(aborted).toHaveLength(1);
  });

  test('bytes that change on the way', async () => {
    const url = await meddler(open.url, ({ method, url: path = '' }, response) => {
      if (method !== 'GET' || !path.endsWith('small.bin')) return false;
      response.writeHead(200).end('x'.repeat(1000));
      return true;
    });
    expect(faultOf(await look(url))).toEqual([expect.stringContaining('came back with other bytes')]);
  });
});

test.each([
  [{}, { kind: 'none' }],
  [{ MLFLOW_TRACKING_TOKEN: 'abc' }, { kind: 'header', authorization: 'Bearer abc' }],
  [
    { MLFLOW_TRACKING_USERNAME: 'a', MLFLOW_TRACKING_PASSWORD: 'b', MLFLOW_TRACKING_TOKEN: 'abc' },
    { kind: 'header', authorization: 'Basic YTpi' },
  ],
  [{ MLFLOW_TRACKING_AWS_SIGV4: 'true', MLFLOW_TRACKING_TOKEN: 'abc' }, { kind: 'aws' }],
])('shows who asks as the stock client does: %j', (env, proof) => {
  expect(parseDoctorOptions(['--url', 'https://x.example/'], env)).toEqual({
    url: 'https://x.example',
    proof,
    experimentId: '0',
    isReadOnly: false,
  });
});

test('takes no address that is none', () => {
  expect(() => parseDoctorOptions(['--url', 'x.example'], {})).toThrow(/x\.example is no address of a server/);
  expect(() => parseDoctorOptions(['--nonsense'], {})).toThrow(/--nonsense/);
});
