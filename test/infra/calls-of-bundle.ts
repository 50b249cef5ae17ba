import { readFileSync } from 'node:fs';
import { projectFile } from '../../infra/constructs/service-function.ts';
import type { FunctionBundle } from '../support/bundle-function.ts';

/** What the calls of the SDK's clients want (AWS: service authorization reference), by the modules of their commands. */
const ACTIONS_OF_COMMANDS: Readonly<Record<string, readonly string[]>> = {
  // Without ListBucket, S3 answers 403 instead of 404 for an object that is not there.
  's3/GetObject': ['s3:GetObject', 's3:ListBucket'],
  's3/HeadObject': ['s3:GetObject', 's3:ListBucket'],
  's3/PutObject': ['s3:PutObject'],
  's3/CreateMultipartUpload': ['s3:PutObject'],
  's3/UploadPart': ['s3:PutObject'],
  's3/CompleteMultipartUpload': ['s3:PutObject'],
  's3/AbortMultipartUpload': ['s3:AbortMultipartUpload'],
  's3/DeleteObjects': ['s3:DeleteObject'],
  's3/ListObjectsV2': ['s3:ListBucket'],
  's3/ListMultipartUploads': ['s3:ListBucketMultipartUploads'],
  // The client has it on board for directory buckets, which ours is not.
  's3/CreateSession': [],
  'cloudfront-keyvaluestore/DescribeKeyValueStore': ['cloudfront-keyvaluestore:DescribeKeyValueStore'],
  'cloudfront-keyvaluestore/ListKeys': ['cloudfront-keyvaluestore:ListKeys'],
  'cloudfront-keyvaluestore/UpdateKeys': ['cloudfront-keyvaluestore:UpdateKeys'],
};

/** What the table's verbs and the parts of its transactions want (functions/store/dynamo/table.ts), as the sources spell them. */
const ACTIONS_OF_VERBS: readonly (readonly [verb: RegExp, action: string])[] = [
  [/\btable\.get\b/, 'dynamodb:GetItem'],
  [/\btable\.getMany\b/, 'dynamodb:BatchGetItem'],
  [/\btable\.query(First)?\b/, 'dynamodb:Query'],
  [/\btable\.put\b|\bPut: (\{|put)/, 'dynamodb:PutItem'],
  [/\btable\.update\b|\bUpdate: \{/, 'dynamodb:UpdateItem'],
  [/\btable\.writeMany\b/, 'dynamodb:BatchWriteItem'],
  // In transactions alone: the table has no verb for one deletion.
  [/\bDelete: (\{ TableName|\{$|\{ \.\.\.put|deletion)/m, 'dynamodb:DeleteItem'],
  [/\bConditionCheck: \{/, 'dynamodb:ConditionCheckItem'],
];

/** Services that are called by their protocols, as the sources spell the targets of requests. */
const ACTIONS_OF_TARGETS: readonly (readonly [target: RegExp, action: string])[] = [
  [/'secretsmanager\.GetSecretValue'/, 'secretsmanager:GetSecretValue'],
  [/'AWSEvents\.PutEvents'/, 'events:PutEvents'],
  // Files of the archive, read without the SDK.
  [/\bmethod: 'GET'.*\bservice: 's3'/, 's3:GetObject'],
  [/\bmethod: 'GET'.*\bservice: 's3'/, 's3:ListBucket'],
];

/** Clients of our own that speak a protocol without such targets, by their modules. */
const ACTIONS_OF_MODULES: Readonly<Record<string, readonly string[]>> = {
  'functions/store/archive/s3-segment-reader.ts': ['s3:GetObject', 's3:ListBucket'],
};

const COMMAND = /@aws-sdk\/client-([\w-]+)\/dist-es\/commands\/(\w+)Command\.js$/;

/** The IAM actions of the calls that the code of a bundle can make. Throws for a command of which the table above says nothing. */
export function callsOfBundle({ modules }: FunctionBundle): ReadonlySet<string> {
  const paths = [...modules.keys()];
  const commands = paths.flatMap((path) => {
    const [, client, command] = COMMAND.exec(path) ?? [];
    return command === undefined ? [] : actionsOf(`${client}/${command}`);
  });
  const sources = paths
    .filter((path) => path.startsWith('functions/'))
    .map((path) => ({ path, text: readFileSync(projectFile(path), 'utf8') }));
  const found = ({ path, text }: (typeof sources)[number]): readonly string[] => {
    // Elsewhere, these words are no calls of the table.
    const patterns = path.startsWith('functions/store/')
      ? [...ACTIONS_OF_VERBS, ...ACTIONS_OF_TARGETS]
      : ACTIONS_OF_TARGETS;
    return patterns.flatMap(([pattern, action]) => (pattern.test(text) ? [action] : []));
  };
  const ofModules = paths.flatMap((path) => ACTIONS_OF_MODULES[path] ?? []);
  return new Set([...commands, ...ofModules, ...sources.flatMap(found)]);
}

function actionsOf(command: string): readonly string[] {
  const actions = ACTIONS_OF_COMMANDS[command];
  if (!actions) throw new Error(`Nobody has said what the call ${command} wants`);
  return actions;
}
