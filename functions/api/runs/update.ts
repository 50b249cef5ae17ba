import type { Run, RunStatus } from '../../domain/entities.ts';
import type { Int64 } from '../../domain/int64.ts';
import { checkRunActive } from '../../domain/lifecycle.ts';
import { RUN_UUID, runId, runStatus } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { int64, text } from '../../protocol/scalars.ts';
import { writeRunInfo } from '../../protocol/write-run.ts';
import { writtenObject } from '../../protocol/written-json.ts';
import { defineOperation } from '../operation.ts';
import { renameRun } from './rename-run.ts';

const request = message(
  {
    run_id: runId,
    status: runStatus,
    end_time: int64('When the run ended, in ms since the epoch'),
    run_name: text('New name; an empty one changes nothing'),
  },
  RUN_UUID,
);

interface RunChange {
  readonly status: RunStatus | undefined;
  readonly endTime: Int64 | undefined;
  readonly runName: string | undefined;
}

/** Any status may follow any other, and only the request sets the end time (MLflow: update_run_info). */
const changeRun =
  ({ status, endTime, runName }: RunChange) =>
  (run: Run): Run => {
    checkRunActive(run);
    const changed = { ...run, status: status ?? run.status, endTime: endTime ?? run.endTime };
    return runName ? renameRun(changed, runName) : changed;
  };

export const updateRun = defineOperation({
  method: 'POST',
  path: '/mlflow/runs/update',
  since: '2.0',
  request,
  handle: async (input, { store }) => {
    const change = { status: input.status, endTime: input.end_time, runName: input.run_name };
    const run = await store.updateRun(input.run_id, changeRun(change));
    return writtenObject({ run_info: writeRunInfo(run, run.stage) });
  },
});
