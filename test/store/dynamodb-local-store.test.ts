import { describeEngine } from '../local/dynamodb/describe-engine.ts';
import { findDynamoDbLocal } from '../support/dynamodb-local/find-dynamodb-local.ts';
import { describeStore } from './store-suite.ts';

const dynamoDbLocal = await findDynamoDbLocal();
if ('missing' in dynamoDbLocal) describeEngine('the store on DynamoDB Local', dynamoDbLocal.missing, () => undefined);
else describeEngine('the store on DynamoDB Local', undefined, () => describeStore(dynamoDbLocal.start));
