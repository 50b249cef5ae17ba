import type { CollectRequest } from '../../artifacts/gc/choose.ts';
import type { CollectPosition } from '../../artifacts/gc/collector.ts';
import { type CollectReport, isComplete, type KindReport } from '../../artifacts/gc/report.ts';
import { invalidParameter } from '../../domain/errors.ts';
import { parseExperimentId } from '../../domain/experiment.ts';
import { MAX_COLLECTED_IDS } from '../../domain/limits.ts';
import { pageToken, textOrEmpty } from '../../protocol/common.ts';
import { list, message } from '../../protocol/message.ts';
import { flag, int64 } from '../../protocol/scalars.ts';
import { defineOperation } from '../operation.ts';

const request = message({
  older_than_ms: int64('Only what was deleted at least so many ms ago; all that was deleted when absent'),
  run_ids: list(
    textOrEmpty('Run id'),
    'Runs to remove. When any ids are given, these things are removed and no others; 1000 ids at most',
  ),
  experiment_ids: list(textOrEmpty('Experiment id'), 'Experiments to remove, with their runs and logged models'),
  logged_model_ids: list(textOrEmpty('Logged model id'), 'Logged models to remove'),
  dry_run: flag('Whether only to tell what would be removed'),
  page_token: pageToken,
});

/** A gateway waits 29 s, and what was begun before must come to its end. */
const MAX_STEP_MS = 12_000;

/**
 * Removes for good what was deleted, with its files, a step at a time: as long as there is a `next_page_token` the same
 * request with it goes on. Tracklet's own, for MLflow collects garbage past its server (cli, gc).
 */
export const collectGarbage = defineOperation({
  method: 'POST',
  path: '/tracklet/gc',
  since: '2.0',
  request,
  handle: async (input, { collector, tokens, clock }) => {
    const asked = {
      olderThanMs: ageOf(input.older_than_ms),
      runIds: input.run_ids,
      experimentIds: input.experiment_ids.map((id) => String(parseExperimentId(id))),
      modelIds: input.logged_model_ids,
      isDryRun: input.dry_run ?? false,
    };
    checkCount(asked);
    const name = `gc ${JSON.stringify(asked)}`;
    // Sealed by this very list.
    const from = input.page_token ? ((await tokens.open(name, input.page_token)) as CollectPosition) : undefined;
    const now = clock();
    const isTimeUp = () => clock() > now + MAX_STEP_MS;
    const { report, next } = await collector.collect(asked, from, { now, isTimeUp });
    return {
      dry_run: asked.isDryRun,
      is_complete: isComplete(report),
      report: wireReport(report),
      next_page_token: next && (await tokens.seal(name, next)),
    };
  },
});

function ageOf(ms: number | bigint | undefined): number | undefined {
  if (ms !== undefined && ms < 0) throw invalidParameter(`older_than_ms must not be negative. Received ${ms}.`);
  return ms === undefined ? undefined : Number(ms);
}

function checkCount({ runIds, experimentIds, modelIds }: CollectRequest): void {
  const count = runIds.length + experimentIds.length + modelIds.length;
  if (count <= MAX_COLLECTED_IDS) return;
  throw invalidParameter(`At most ${MAX_COLLECTED_IDS} ids can be named at once. Received ${count}.`);
}

const wireReport = ({ runs, loggedModels, experiments, uploads }: CollectReport) => ({
  runs: wireKind(runs),
  logged_models: wireKind(loggedModels),
  experiments: wireKind(experiments),
  uploads,
});

const wireKind = ({ leftFiles, ...kind }: KindReport) => ({ ...kind, left_files: leftFiles });
