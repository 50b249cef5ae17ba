import { describe, expect, test } from 'vitest';
import { attempt, killedAt, prepareBench, referenceOf } from './fault-scenario.ts';
import { registryScenarios } from './fault-scenarios/registry-scenarios.ts';
import { describeFaults, faultEngine } from './fault-suite.ts';
import { createFaultyClient, randomFaults } from './faulty-client.ts';
import { openStore } from './open-test-store.ts';
import { addRegisteredModel, addVersion, newVersion, numbersOf, upTo } from './samples.ts';

const engine = faultEngine();

describeFaults(engine, registryScenarios);

describe('a deletion of a model that dies at any call', () => {
  test('is finished by its retry, or by whoever deletes next, to the last item', async () => {
    const scenario = registryScenarios.find(({ name }) => name === 'deleteRegisteredModel');
    if (!scenario) throw new Error('There is no such scenario');
    const { calls } = await referenceOf(await prepareBench(scenario, engine));
    for (const at of upTo(calls)) {
      const { store, client, tableName, keys, reopen } = await engine.openTable();
      const prepared = await scenario.prepare(store);
      const plan = killedAt(at + 1);
      const victim = openStore(createFaultyClient(engine.connection(), plan).client, tableName);
      await attempt(scenario, prepared, victim);
      if (at % 2 === 0) await attempt(scenario, prepared, openStore(client, tableName));
      else {
        await reopen().deleteRegisteredModel('a');
        await reopen().removeDeletedModels();
      }
      const families = new Set((await keys()).map(({ pk }) => pk.split('#')[0]));
      expect([...families].filter((family) => /^(REGISTERED|VERSIONS|REFERENCES|REMOVED)$/.test(family ?? ''))).toEqual(
        [],
      );
    }
  });
});

describe('creators that race through faults of all kinds', () => {
  test('lose no version that was acknowledged, and share no number', async () => {
    const { store, tableName } = await engine.openTable();
    await addRegisteredModel(store, 'm');
    const acknowledged: number[] = [];
    const create = async (at: number) => {
      const own = openStore(createFaultyClient(engine.connection(), randomFaults(at)).client, tableName);
      for (const _ of upTo(4)) {
        const view = await own.createModelVersion('m', newVersion({ source: `s3://b/${at}` })).catch(() => undefined);
        if (view) acknowledged.push(view.version.versionNumber);
      }
    };
    await Promise.all(upTo(8).map(create));
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
    const kept = numbersOf(await store.listModelVersions());
    expect(kept).toEqual(upTo(kept.length).map((at) => at + 1));
    expect(kept).toEqual(expect.arrayContaining(acknowledged));
    expect(await addVersion(store, 'm')).toBe(kept.length + 1);
  });
});
