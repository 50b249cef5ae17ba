import { describe } from 'vitest';
import { startDynamoDb } from '../../local/dynamodb/index.ts';
import { MEMORY_JOURNAL } from '../../local/dynamodb/write-journal.ts';
import { describeEmbeddedEngines } from '../local/dynamodb/embedded-engines.ts';
import { describeStore } from './store-suite.ts';

const lateWrites = { journal: MEMORY_JOURNAL, report: console.error };

describeEmbeddedEngines((engine) => {
  const start = () => startDynamoDb({ engine, log: () => undefined });
  // As a server does that tells its costs: nothing in that depends on the engine.
  if (engine === 'dynalite') describe('that writes at once', () => describeStore(start, { isOnlyWriter: true }));
  describe('that writes late', () => describeStore(start, { isOnlyWriter: true, lateWrites }));
});
