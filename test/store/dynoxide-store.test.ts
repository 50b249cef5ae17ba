import { startDynamoDb } from '../../local/dynamodb/index.ts';
import { describeEngine } from '../local/dynamodb/describe-engine.ts';
import { dynoxideMissing } from '../local/dynamodb/embedded-engines.ts';
import { describeStore } from './store-suite.ts';

describeEngine('the store on dynoxide', dynoxideMissing, () => {
  describeStore(() => startDynamoDb({ engine: 'dynoxide', log: () => undefined }));
});
