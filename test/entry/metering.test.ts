import { describe, expect, it } from 'vitest';
import { type Cost, NO_COST } from '../../functions/domain/cost.ts';
import { createMetering, UNMETERED } from '../../functions/entry/metering.ts';

type Told = readonly [string, Cost];

function meteringThatTells() {
  const told: Told[] = [];
  const onWork = (name: string, cost: Cost) => told.push([name, cost]);
  return { told, metering: createMetering({ hasHeader: true, onRequest: undefined, onWork }) };
}

describe('work that belongs to no request', () => {
  it('is told under its name, and its result comes back', async () => {
    const { told, metering } = meteringThatTells();
    const work = async () => {
      metering.meter?.record({ writeUnits: 3 });
      return 'packed';
    };
    expect(await metering.metered('pack metrics', work)).toBe('packed');
    expect(told).toEqual([['pack metrics', { ...NO_COST, writeUnits: 3 }]]);
  });

  it('is on its own bill when a request starts it', async () => {
    const { told, metering } = meteringThatTells();
    const requests: Cost[] = [];
    const pack = async () => metering.meter?.record({ writeUnits: 3 });
    const request = async () => {
      metering.meter?.record({ writeUnits: 1 });
      await metering.metered('pack metrics', pack);
    };
    await metering.requests?.measure(request, (cost) => requests.push(cost));
    expect(requests).toEqual([{ ...NO_COST, writeUnits: 1 }]);
    expect(told).toEqual([['pack metrics', { ...NO_COST, writeUnits: 3 }]]);
  });

  it('is done all the same when nobody listens', async () => {
    const deaf = createMetering({ hasHeader: true, onRequest: undefined, onWork: undefined });
    expect(await deaf.metered('pack metrics', async () => 'packed')).toBe('packed');
    expect(await UNMETERED.metered('pack metrics', async () => 'packed')).toBe('packed');
  });
});

describe('without metering', () => {
  it('no meter is there to be asked', () => {
    expect(UNMETERED).toMatchObject({ meter: undefined, requests: undefined });
  });
});
