import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { EdgeRequest } from '../../functions/edge/edge-event.ts';
import { keyValuesOf, loadEdgeFunction } from '../../local/front/edge-function.ts';
import { HOSTILE } from '../domain/hostile-paths.ts';
import { findNjs } from '../support/find-njs.ts';
import { newFolder } from '../support/new-folder.ts';
import { KEY, ROAD, requestOf, SOURCE, tokenOf } from './edge-bench.ts';

const SETTINGS = { mode: 'tokens', [`key/${KEY.keyId}`]: KEY.secret, 'revoked/gone': '1' };
const LATER = 4_000_000_000;
const good = tokenOf({ expiresAt: LATER, experimentIds: ['7'] });

const TOKENS = [
  good,
  tokenOf({ expiresAt: LATER, tokenId: 'gone' }),
  tokenOf({ expiresAt: 1 }),
  tokenOf({ expiresAt: LATER, role: 'READ' }),
  tokenOf({ expiresAt: LATER }, 'guessed'),
  tokenOf({ expiresAt: LATER, keyId: 'k2' }),
  'tracklet_',
  'password',
];
// The names of folders alone have letters beyond ASCII: njs cannot decompose them for Content-Disposition.
const SAFE = ['a b', 'a+b', 'é漢\u{1f600}/x', '100%', 'a%20b', "!'()*", 'a.html', 'a"b', 'C-c', 'a;b', '.hidden'];
const RAW = ['../x', '%2e%2e/x', '%zz', '%c0%ae%c0%ae/x', '%ed%a0%80', 'a\\..\\b', 'a/', '', 'a//b', '%E1%9A%80..'];

const requests = (): readonly EdgeRequest[] => {
  const paths = [...HOSTILE.filter((path) => path.isWellFormed()), ...SAFE].map((path) => encodeURIComponent(path));
  const put = (path: string, token: string) =>
    requestOf('PUT', `${ROAD}/${path}`, { authorization: `Bearer ${token}`, 'content-length': '1', 'x-amz-acl': 'x' });
  return [
    ...[...paths, ...RAW].flatMap((path) => [put(path, good), put(`7/${path}`, good)]),
    ...TOKENS.map((token) => put('7/run/x', token)),
    ...TOKENS.map((token) => requestOf('GET', `${ROAD}/7/x`, { authorization: `Basic ${btoa(`ada:${token}`)}` })),
    requestOf('PUT', `${ROAD}/7/x`, { authorization: `Bearer ${good}`, 'content-length': '99999999999' }),
    requestOf('DELETE', `${ROAD}/7/x`),
  ];
};

/** The runtime's modules, in its own language: `cloudfront` as a file that njs finds by that name. */
const CLOUDFRONT = `
var settings = ${JSON.stringify(SETTINGS)};
export default {
  kvs: function () {
    return {
      get: function (key) { return settings[key] === undefined ? Promise.reject(new Error(key)) : Promise.resolve(settings[key]); },
      exists: function (key) { return Promise.resolve(settings[key] !== undefined); },
    };
  },
  selectRequestOriginById: function () {},
  createRequestOriginGroup: function () {},
};
`;
const DRIVER = (all: readonly EdgeRequest[]) => `
${JSON.stringify(all)}.reduce(function (before, request) {
  return before.then(function () { return handler({ request: request }); }).then(function (result) { console.log(JSON.stringify(result)); });
}, Promise.resolve());
`;

test('Debian’s njs, which knows no more syntax than CloudFront, does the same as node', async ({ skip }) => {
  const njs = findNjs();
  if (njs === undefined && process.env.TRACKLET_REQUIRE_ALL === '1') throw new Error('njs is missing');
  if (njs === undefined) return skip('njs (Debian: apt-get install njs) is not on this machine');
  const folder = await newFolder();
  await writeFile(join(folder, 'cloudfront'), CLOUDFRONT);
  await writeFile(join(folder, 'main.js'), SOURCE + DRIVER(requests()));
  const { stdout } = await promisify(execFile)(njs, ['-p', folder, join(folder, 'main.js')], { maxBuffer: 2 ** 24 });
  const byNjs = stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  const run = loadEdgeFunction(SOURCE, keyValuesOf(new Map(Object.entries(SETTINGS))));
  const byNode: unknown[] = [];
  for (const request of requests()) {
    const outcome = await run({ request });
    byNode.push(outcome.kind === 'response' ? outcome.response : outcome.request);
  }
  expect(byNjs).toEqual(byNode);
  return undefined;
});
