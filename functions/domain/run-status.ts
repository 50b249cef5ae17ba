import type { LoggedModelStatus, RunStatus } from './entities.ts';

/** A run's status and its number on the wire (MLflow: protos/service.proto, RunStatus). */
export const RUN_STATUSES = {
  RUNNING: 1,
  SCHEDULED: 2,
  FINISHED: 3,
  FAILED: 4,
  KILLED: 5,
} as const satisfies Readonly<Record<RunStatus, number>>;

/** A logged model's status and its number on the wire (MLflow: protos/service.proto, LoggedModelStatus, 0 being none). */
export const LOGGED_MODEL_STATUSES = {
  LOGGED_MODEL_PENDING: 1,
  LOGGED_MODEL_READY: 2,
  LOGGED_MODEL_UPLOAD_FAILED: 3,
} as const satisfies Readonly<Record<LoggedModelStatus, number>>;
