import { describe, expect, it } from 'vitest';
import { createUpkeepHandler, type UpkeepTask } from '../../functions/entry/upkeep-handler.ts';
import type { TimeLeft } from '../../functions/store/archive/scheduled-upkeep.ts';

/** What a handler asks the upkeep for. */
async function askedBy(event: UpkeepTask): Promise<readonly unknown[]> {
  const asked: unknown[] = [];
  const handle = createUpkeepHandler(
    {
      tidy: async (timeLeft: TimeLeft) => void asked.push('tidy', timeLeft()),
      sweep: async (timeLeft: TimeLeft) => void asked.push('sweep', timeLeft()),
      rebuild: async (experimentId: string) => void asked.push('rebuild', experimentId),
    },
    async (olderThanMs: number, timeLeft: TimeLeft) => void asked.push('collect', olderThanMs, timeLeft()),
  );
  await handle(event, { getRemainingTimeInMillis: () => 7 });
  return asked;
}

describe('the handler of the upkeep', () => {
  it.each<[UpkeepTask, readonly unknown[]]>([
    [{ task: 'tidy' }, ['tidy', 7]],
    [{ task: 'sweep' }, ['sweep', 7]],
    [{ task: 'rebuild', experimentId: '7' }, ['rebuild', '7']],
    [{ task: 'collect', olderThanDays: 2 }, ['collect', 172_800_000, 7]],
  ])('does %j in the time that Lambda leaves it', async (event, expected) => {
    expect(await askedBy(event)).toEqual(expected);
  });

  // As an operator may type them.
  it.each([
    '{}',
    '{"task":"tidi"}',
    '{"task":"collect"}',
    '{"task":"collect","olderThanDays":-1}',
    '{"task":"rebuild"}',
    '{"task":"rebuild","experimentId":"all"}',
  ])('refuses %s and says what there is', async (text) => {
    await expect(askedBy(JSON.parse(text))).rejects.toThrow('{"task":"sweep"}');
  });
});
