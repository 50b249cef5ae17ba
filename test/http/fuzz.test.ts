import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { identityOperations, operations } from '../../functions/api/index.ts';
import { basic, bearer, openGuardedApp, PASSWORD } from '../support/guarded-app.ts';

/** Some of them are nothing that can be sent: 20,000 are. */
const REQUESTS = 21_000;
/** After so many the caches are as full as they get. */
const WARM_UP = 5000;
/**
 * What the heap may have grown by after the others, once garbage is collected: a leak of 2 KB a request, which is less than
 * what one holds. What the requests wrote and the store keeps at hand is in it, too.
 */
const MAX_GROWTH_BYTES = 32 * 2 ** 20;
/** Longer than any of them may take, on a machine that does much else. */
const HANG_MS = 10_000;

const app = await openGuardedApp('EDIT');
const experimentId = await app.admin.newExperiment();
const runId = await app.admin.newRun({ experiment_id: experimentId });
const modelId = await app.admin.newModel({ experiment_id: experimentId });
const token = await app.newToken(app.admin, 'ADMIN');

const paths = [...operations, ...identityOperations].flatMap(({ method, paths: [path = ''] }) => [{ method, path }]);
const fieldNames = [
  ...new Set(
    [...operations, ...identityOperations].flatMap((operation) =>
      operation.kind === 'json' ? Object.keys(operation.request.fields) : ['run_id', 'path', 'artifact_file_path'],
    ),
  ),
];

const nasty = fc.constantFrom(
  ...[
    '',
    '0',
    '-1',
    '1e309',
    'NaN',
    'null',
    '__proto__',
    'constructor',
    '\u0000',
    '\ud800',
    '😀',
    '%',
    '%00',
    '%ff',
    '../..',
  ],
  ...[
    "' OR 1=1 --",
    "metrics.`a` > 'x'",
    'metrics.m > 1 AND ',
    '((((((((((',
    "name LIKE '%_%_%'",
    "tags.a = ''''",
    'order by',
  ],
  ...[
    experimentId,
    runId,
    modelId,
    token,
    `${token}x`,
    'a.b',
    'eyJhIjoxfQ.sig',
    'x'.repeat(5000),
    '9'.repeat(400),
    '[]',
    '{}',
  ],
);
const anyText = fc.oneof(nasty, fc.string({ maxLength: 30 }), fc.string({ unit: 'binary', maxLength: 30 }));
const scalar = fc.oneof(
  anyText,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const anyValue = fc.oneof(
  { weight: 5, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  {
    weight: 2,
    arbitrary: fc.array(fc.dictionary(fc.constantFrom(...fieldNames), scalar, { maxKeys: 3 }), { maxLength: 2 }),
  },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...fieldNames), scalar, { maxKeys: 3 }) },
);
const fields = fc.dictionary(fc.constantFrom(...fieldNames), anyValue, { maxKeys: 6 });
const json = fields.map((value) => JSON.stringify(value));
const brokenJson = fc
  .tuple(json, fc.nat(200), anyText)
  .map(([text, at, cut]) => text.slice(0, at) + cut + text.slice(at + 1));
const deep = fc.integer({ min: 1, max: 20_000 }).map((levels) => '[{"a":'.repeat(levels));
const body = fc.oneof(
  { weight: 6, arbitrary: json },
  { weight: 2, arbitrary: brokenJson },
  { weight: 1, arbitrary: anyText },
  { weight: 1, arbitrary: json.map((text) => JSON.stringify(text)) },
);
const query = fields.map((value) => {
  const search = new URLSearchParams();
  for (const [name, item] of Object.entries(value))
    search.append(name, typeof item === 'string' ? item.toWellFormed() : JSON.stringify(item));
  return search.size > 0 ? `?${search}` : '';
});
const authorization = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(basic('root', PASSWORD), bearer(token)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      'Basic',
      'Bearer ',
      basic('root', ''),
      bearer(`${token}A`),
      bearer('tracklet_e30.x'),
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 60 }).map((text) => `Basic ${Buffer.from(text).toString('base64')}`) },
  {
    weight: 1,
    arbitrary: fc
      .string({ maxLength: 60 })
      .map((text) => `Bearer tracklet_${Buffer.from(text).toString('base64url')}.${'A'.repeat(43)}`),
  },
);
/** What browsers send along, and what somebody might send as a session. */
const cookie = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('session=', 'a', ';;;', '=', '__Host-session=%ff', `session=${token}`, 'x'.repeat(9000)),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 60 }).map((text) => `session=${text}; csrf=${text}`) },
);
const contentType = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-8',
  'text/plain',
  '',
  'multipart/form-data',
);

/** The path of an operation with anything in its parts. */
const knownPath = fc.tuple(fc.constantFrom(...paths), anyText).map(([{ method, path }, part]) => ({
  method,
  path: path.replaceAll(/:\w+(\{[^}]*\})?/g, encodeURIComponent(part.toWellFormed()) || 'x'),
}));
const oddPath = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
  path: fc.oneof(
    fc.webPath(),
    fc
      .array(
        fc.constantFrom(
          'api',
          'ajax-api',
          '2.0',
          '3.0',
          'mlflow',
          'runs',
          'get',
          '..',
          '%2e%2e',
          '',
          '%',
          '%00',
          '{}',
          ':x',
        ),
      )
      .map((parts) => `/${parts.join('/')}`),
  ),
});

const anyRequest = fc.record({
  place: fc.oneof({ weight: 9, arbitrary: knownPath }, { weight: 1, arbitrary: oddPath }),
  query: fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: query }),
  body: fc.oneof({ weight: 30, arbitrary: body }, { weight: 1, arbitrary: deep }),
  contentType,
  authorization,
  cookie,
});

const seen = new Map<number, number>();
let slowestMs = 0;
let sent = 0;
let heapBefore = Number.POSITIVE_INFINITY;
afterAll(() => {
  const count = [...seen.values()].reduce((sum, each) => sum + each, 0);
  console.log(`fuzz: ${count} requests, slowest ${slowestMs.toFixed(0)} ms`, Object.fromEntries(seen));
});

/** Not what would make the test's own caller unable to go on. */
const SELF_HARM = /users\/(update-admin|update-password|delete)/;

test(`20,000 malformed requests find no failure of the server and none that hangs`, async () => {
  await fc.assert(
    fc.asyncProperty(
      anyRequest,
      async ({
        place: { method, path },
        query: search,
        body: text,
        contentType: type,
        authorization: who,
        ...more
      }) => {
        if (SELF_HARM.test(path) || !URL.canParse(`http://127.0.0.1${path}`)) return;
        // Failed sign-ins must not keep the others out.
        app.pass(1000);
        const headers = new Headers(type === '' ? {} : { 'content-type': type });
        if (/^[\x20-\x7e]*$/.test(who)) headers.set('authorization', who);
        if (/^[\x20-\x7e]+$/.test(more.cookie)) headers.set('cookie', more.cookie);
        const hasBody = method !== 'GET' && method !== 'HEAD';
        const request = new Request(`http://127.0.0.1${path}${search}`, {
          method,
          headers,
          ...(hasBody && { body: text }),
        });
        const begin = performance.now();
        const response = await inTime(app.fetch(request));
        await response.arrayBuffer();
        slowestMs = Math.max(slowestMs, performance.now() - begin);
        sent += 1;
        if (sent === WARM_UP) heapBefore = heapBytes();
        seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
        expect(response.status === 501 || response.status < 500, `${method} ${path} answered ${response.status}`).toBe(
          true,
        );
      },
    ),
    { seed: 6, numRuns: REQUESTS, endOnFailure: true },
  );
  expect(sent).toBeGreaterThanOrEqual(20_000);
  const growth = heapBytes() - heapBefore;
  console.log(`fuzz: the heap grew by ${(growth / 2 ** 20).toFixed(1)} MB over ${sent - WARM_UP} requests`);
  expect(growth).toBeLessThan(MAX_GROWTH_BYTES);
  // Ways that artifacts cannot go are told by 501, on purpose.
  expect(app.reports.filter(({ message }) => !message.endsWith('artifact repository'))).toEqual([]);
}, 300_000);

/** What the heap holds that is no garbage. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

/** What is promised, within the time; what waits for it is kept no longer than it takes. */
async function inTime<T>(promised: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), HANG_MS);
  });
  return Promise.race([promised, hung]).finally(() => clearTimeout(timer));
}
