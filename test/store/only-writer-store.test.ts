import { startDynamoDb } from '../../local/dynamodb/index.ts';
import { describeEmbeddedEngines } from '../local/dynamodb/embedded-engines.ts';
import { describeStore } from './store-suite.ts';

describeEmbeddedEngines((engine) => {
  describeStore(() => startDynamoDb({ engine, log: () => undefined }), { isOnlyWriter: true });
});
