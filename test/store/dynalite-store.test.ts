import { startDynamoDb } from '../../local/dynamodb/index.ts';
import { describeEngine } from '../local/dynamodb/describe-engine.ts';
import { describeStore } from './store-suite.ts';

// Nobody shares this engine. It is written to at once by a server that tells its costs, and late by all others.
describeEngine('the store on dynalite', undefined, () => {
  describeStore(() => startDynamoDb({ engine: 'dynalite', log: () => undefined }), { isOnlyWriter: true });
});
