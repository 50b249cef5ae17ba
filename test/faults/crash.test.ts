import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { describeEmbeddedEngines } from '../local/dynamodb/embedded-engines.ts';
import { freePort } from '../support/free-port.ts';
import { newFolder } from '../support/new-folder.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { spawnTracklet, type TrackletProcess } from '../support/spawn-tracklet.ts';
import { trackingApi } from '../support/tracking-api.ts';
import { expectJournal } from './expect-journal.ts';
import { newJournal } from './journal.ts';
import { writeStubbornly } from './stubborn-writer.ts';

const WRITERS = 6;
/** Dynalite starts slower and is the fallback. */
const PLANS = { dynoxide: { kills: 10, seed: 20_261_121 }, dynalite: { kills: 3, seed: 4_711 } };

describeEmbeddedEngines((engine) => {
  const { kills, seed } = PLANS[engine];
  test(`a server killed ${kills} times while six writers log holds every acknowledged write, once, with the right latest points`, {
    timeout: 240_000,
  }, async () => {
    const random = seededRandom(seed);
    const dataDir = join(await newFolder(), 'data');
    const port = await freePort();
    const start = async (): Promise<TrackletProcess> => {
      const server = spawnTracklet(['serve', '--port', String(port), '--data-dir', dataDir, '--engine', engine]);
      await server.ready();
      return server;
    };
    let server = await start();
    const api = trackingApi(`http://127.0.0.1:${port}`);
    const journal = newJournal();
    const experimentId = await api.createExperiment('crash');
    const sharedRunId = await api.createRun(experimentId);
    journal.addRun(sharedRunId);

    let isOver = false;
    const shared = { api, journal, experimentId, sharedRunId, isOver: () => isOver };
    const writers = Promise.all(
      Array.from({ length: WRITERS }, (_, id) => writeStubbornly({ ...shared, id, random: seededRandom(seed + id) })),
    );
    for (let kill = 1; kill <= kills; kill += 1) {
      await Promise.race([journal.reaches(journal.count + 20 + random.below(120)), writers]);
      // Another phase of the requests under way each time.
      await pause(random.below(12));
      await server.end('SIGKILL');
      server = await start();
    }
    await Promise.race([journal.reaches(journal.count + 50), writers]);
    isOver = true;
    await writers;

    const compared = await expectJournal(api, experimentId, journal);
    const calls = `${journal.count} calls acknowledged, ${journal.cutOff} cut off and repeated`;
    console.info(`${engine}: ${kills} kills, ${calls}; all there:`, compared);
    expect(journal.count).toBeGreaterThan(kills * 20);
    expect(journal.cutOff).toBeGreaterThan(0);

    expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
    await start();
    await expectJournal(api, experimentId, journal);
  });
});
