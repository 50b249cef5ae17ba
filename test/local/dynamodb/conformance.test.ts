import { startDynamoDb } from '../../../local/dynamodb/index.ts';
import { findDynamoDbLocal } from '../../support/dynamodb-local/find-dynamodb-local.ts';
import { describeConformance } from './conformance.ts';
import { describeEngine } from './describe-engine.ts';
import { describeEmbeddedEngines } from './embedded-engines.ts';

describeEmbeddedEngines((engine) => {
  describeConformance(() => startDynamoDb({ engine, log: () => undefined }));
});

const dynamoDbLocal = await findDynamoDbLocal();
if ('missing' in dynamoDbLocal) describeEngine('DynamoDB Local', dynamoDbLocal.missing, () => undefined);
else describeEngine('DynamoDB Local', undefined, () => describeConformance(dynamoDbLocal.start));
