import type { LoggedModelStatus } from '../domain/entities.ts';

/** The statuses of logged models in the order of their numbers, 1, 2 and 3 (MLflow: LoggedModelStatus.to_int). */
export const MODEL_STATUSES: readonly string[] = [
  'LOGGED_MODEL_PENDING',
  'LOGGED_MODEL_READY',
  'LOGGED_MODEL_UPLOAD_FAILED',
] satisfies readonly LoggedModelStatus[];
