import { LOGGED_MODEL_STATUSES, RUN_STATUSES } from '../domain/run-status.ts';
import { message, required } from './message.ts';
import { choice, text, withDefault } from './scalars.ts';

/** A string; absent is the empty string. */
export const textOrEmpty = (description: string) => withDefault<string>(text(description), '');

export const requiredText = (description: string) => required(text(description));

/** A tag or param as the wire lists them. */
export const keyValue = message({ key: textOrEmpty('Name'), value: textOrEmpty('Value') });

/** A tag or param whose key must be given. */
export const keyedValue = message({ key: requiredText('Name'), value: textOrEmpty('Value') });

export const experimentId = requiredText('Experiment id, an integer as a string');
export const runId = requiredText('Run id, 32 hex digits');
export const pageToken = text('Token of an earlier answer; its next page is wanted');

/** Old clients and R say run_uuid for run_id, in the operations that take it (MLflow: run_uuid). */
export const RUN_UUID = { run_uuid: 'run_id' } as const;

export const viewType = choice({ ACTIVE_ONLY: 1, DELETED_ONLY: 2, ALL: 3 }, 'Which lifecycle stages to show');
export const runStatus = choice(RUN_STATUSES, 'Status of a run');
export const loggedModelStatus = choice(LOGGED_MODEL_STATUSES, 'Status of a logged model');
