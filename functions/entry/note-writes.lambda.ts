import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { random, sleep } from '../platform/system.ts';
import { noteWrites } from '../store/archive/run-writes.ts';
import { createWorkList } from '../store/archive/work-list.ts';
import { createRetry } from '../store/dynamo/retry.ts';
import { openTable } from '../store/dynamo/table.ts';
import { connectDynamo } from './connect-dynamo.ts';
import { connectionsOnAws } from './connections-on-aws.ts';
import { readTableEnvironment } from './env.ts';
import { createLambdaLog } from './lambda-log.ts';
import { meteringOnAws } from './metering.ts';

const log = createLambdaLog('note-writes');
const { tableName, costReport } = readTableEnvironment(process.env);
const { meter, metered } = meteringOnAws(costReport, log.tellCost);
const client = connectDynamo(connectionsOnAws(process.env).dynamodb, meter);
const workList = createWorkList(openTable(client, tableName, createRetry(sleep, random)));

/** Notes which runs were written to, from the table's stream. */
export const handler = async ({ Records: records }: DynamoDBStreamEvent, context: Context) => {
  log.follow(context);
  const failed = await metered('note writes', () => noteWrites(records, workList, log.report));
  const answer: DynamoDBBatchResponse = {
    batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })),
  };
  return answer;
};
