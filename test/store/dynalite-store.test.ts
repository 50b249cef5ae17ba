import { startDynamoDb } from '../../local/dynamodb/index.ts';
import { describeEngine } from '../local/dynamodb/describe-engine.ts';
import { describeStore } from './store-suite.ts';

describeEngine('the store on dynalite', undefined, () => {
  describeStore(() => startDynamoDb({ engine: 'dynalite', log: () => undefined }));
});
