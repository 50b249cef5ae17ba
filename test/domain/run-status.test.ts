import { expect, test } from 'vitest';
import { LOGGED_MODEL_STATUSES, RUN_STATUSES } from '../../functions/domain/run-status.ts';

test("the statuses bear MLflow's numbers", () => {
  expect(RUN_STATUSES).toEqual({ RUNNING: 1, SCHEDULED: 2, FINISHED: 3, FAILED: 4, KILLED: 5 });
  expect(LOGGED_MODEL_STATUSES).toEqual({
    LOGGED_MODEL_PENDING: 1,
    LOGGED_MODEL_READY: 2,
    LOGGED_MODEL_UPLOAD_FAILED: 3,
  });
});
