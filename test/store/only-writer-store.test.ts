import { startDynamoDb } from '../../local/dynamodb/index.ts';
import { MEMORY_JOURNAL } from '../../local/dynamodb/write-journal.ts';
import { describeEngine } from '../local/dynamodb/describe-engine.ts';
import { dynoxideMissing } from '../local/dynamodb/embedded-engines.ts';
import { describeStore } from './store-suite.ts';

const lateWrites = { journal: MEMORY_JOURNAL, report: console.error };

describeEngine('the store of an only writer, who writes late', dynoxideMissing, () => {
  describeStore(() => startDynamoDb({ engine: 'dynoxide', log: () => undefined }), { isOnlyWriter: true, lateWrites });
});
