import { startDynamoDb } from '../../local/dynamodb/index.ts';
import { MEMORY_JOURNAL } from '../../local/dynamodb/write-journal.ts';
import { describeEmbeddedEngines } from '../local/dynamodb/embedded-engines.ts';
import { describeStore } from './store-suite.ts';

const lateWrites = { journal: MEMORY_JOURNAL, report: console.error };

describeEmbeddedEngines((engine) => {
  describeStore(() => startDynamoDb({ engine, log: () => undefined }), { isOnlyWriter: true, lateWrites });
});
