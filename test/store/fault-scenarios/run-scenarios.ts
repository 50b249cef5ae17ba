import type { Run } from '../../../functions/domain/entities.ts';
import { allRuns } from '../all-runs.ts';
import type { FaultScenario, Prepared } from '../fault-scenario.ts';
import { randomText } from '../random-text.ts';
import { addRun, newRun, upTo, withTag } from '../samples.ts';

const LARGE = new Map(upTo(85).map((at) => [`p${at}`, randomText(6000, at)]));
const OTHER = new Map(upTo(85).map((at) => [`p${at}`, randomText(6000, 100 + at)]));
const SMALL = new Map([['p', 'v']]);

const observeRuns: Prepared['observe'] = (store) => allRuns(store, '0');

const creating = (name: string, part: Partial<Run>): FaultScenario => ({
  name,
  isAtomic: true,
  prepare: async (store) => {
    const run = newRun(store, '0', part);
    return { act: (victim) => victim.createRun(run), observe: observeRuns };
  },
});

const updating = (name: string, before: Partial<Run>, change: (run: Run) => Run): FaultScenario => ({
  name,
  isAtomic: true,
  prepare: async (store) => {
    const { runId } = await addRun(store, '0', before);
    const observe: Prepared['observe'] = async (reader) => [await reader.getRun(runId), await allRuns(reader, '0')];
    return { act: (victim) => victim.updateRun(runId, change), observe };
  },
});

/** The verbs that write runs. */
export const runScenarios: readonly FaultScenario[] = [
  creating('createRun', { tags: SMALL }),
  creating('createRun beyond an item', { params: LARGE }),
  updating('updateRun', { tags: SMALL }, withTag('new')),
  updating('updateRun to beyond an item', { tags: SMALL }, (run) => ({ ...run, params: LARGE })),
  updating('updateRun within parts', { params: LARGE }, (run) => ({ ...run, params: OTHER })),
  updating('updateRun back into an item', { params: LARGE }, (run) => ({ ...run, params: SMALL })),
];
