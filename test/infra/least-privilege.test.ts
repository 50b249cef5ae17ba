import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleFunction } from '../support/bundle-function.ts';
import { callsOfBundle } from './calls-of-bundle.ts';
import { CONFIGURATIONS } from './configurations.ts';
import { type DeployedFunction, deployedFunctions } from './deployed-functions.ts';

const FUNCTIONS = deployedFunctions({ 'tracklet:auth': 'users', 'tracklet:events': 'on' });

/** What Lambda itself does in a function's name. */
const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const STREAM = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
  // Where what it gives up goes.
  'sqs:SendMessage',
];

/** What the table, the bucket and the secrets ask of a key of the deployer's own. */
const KEY = ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'ReEncryptFrom', 'ReEncryptTo'].map(
  (action) => `kms:${action}`,
);

/**
 * Calls whose code is in a bundle and which its role refuses, for nothing in it makes them: a store or a bucket comes as a
 * whole. That these functions do all their work under their roles is seen in test/lambda.
 */
const NEVER_MADE: Readonly<Record<string, { readonly why: string; readonly actions: readonly string[] }>> = {
  RegistryService: {
    why: 'it reads the signatures of versions',
    actions: ['s3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
  },
  WriteNoter: {
    why: 'it notes work; Upkeep does it',
    actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Query', 'dynamodb:BatchWriteItem'],
  },
};

/** Keys of objects are made by clients or by the build, and the log group's streams by Lambda. */
const OPEN_ENDS = [
  /^arn:Tracklet-main-Data\.ArtifactsBucket\w+\/artifacts\/\*$/,
  /^arn:Tracklet-main-Data\.ArtifactsBucket\w+\/segments\/\*$/,
  /^arn:Tracklet-main-Web\.SiteBucket\w+\/\*$/,
];

const calls = new Map<string, ReadonlySet<string>>();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracklet-roles-'));
  for (const { service, entry } of FUNCTIONS) calls.set(service, callsOfBundle(await bundleFunction(entry, folder)));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const madeBy = ({ service, hearsStream }: DeployedFunction): ReadonlySet<string> =>
  new Set([...LOG, ...(hearsStream ? STREAM : []), ...(calls.get(service) ?? [])]);
const allowedTo = ({ statements }: DeployedFunction): ReadonlySet<string> =>
  new Set(statements.flatMap(({ actions }) => actions));

it('looks at every function', () => {
  expect(FUNCTIONS.map(({ service }) => service).toSorted()).toEqual([
    'ArtifactService',
    'Deliverer',
    'IdentityService',
    'IdentityUpkeepService',
    'RegistryService',
    'SitePublisher',
    'TrackingService',
    'Upkeep',
    'WriteNoter',
  ]);
});

describe.each(FUNCTIONS)('the role of $service', (deployed) => {
  it('allows nothing that its code does not call', () => {
    const made = madeBy(deployed);
    expect([...allowedTo(deployed)].filter((action) => !made.has(action))).toEqual([]);
  });

  it('allows all that its code calls', () => {
    const allowed = allowedTo(deployed);
    const refused = [...madeBy(deployed)].filter((action) => !allowed.has(action));
    const argued = NEVER_MADE[deployed.service]?.actions ?? [];
    expect(refused.filter((action) => !argued.includes(action))).toEqual([]);
  });

  it('names what it may act on', () => {
    for (const { actions, resources } of deployed.statements) {
      expect(actions.filter((action) => action.includes('*'))).toEqual([]);
      const open = resources.filter((resource) => resource.includes('*'));
      expect(open.filter((resource) => !OPEN_ENDS.some((pattern) => pattern.test(resource)))).toEqual([]);
    }
  });
});

describe.each(Object.entries(CONFIGURATIONS))('the roles of the deployment called %s', (_, settings) => {
  const deployed = deployedFunctions(settings);
  const hasKey = settings['tracklet:kmsKey'] !== undefined;

  it.each(deployed)('allow $service nothing that its code does not call', (one) => {
    const made = new Set([...madeBy(one), ...(hasKey ? KEY : [])]);
    expect([...allowedTo(one)].filter((action) => !made.has(action))).toEqual([]);
  });

  it.each(deployed.filter(({ variables }) => variables.TRACKLET_TABLE !== undefined))(
    'allow $service the key of the table, where there is one',
    (one) => {
      expect(allowedTo(one).has('kms:Decrypt')).toBe(hasKey);
    },
  );
});
