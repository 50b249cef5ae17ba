import { errorText } from '../../functions/platform/describe-error.ts';
import { keepLog } from '../run/logs.js';

/** A failure that an app told of. */
export interface ReportedError {
  readonly message: string;
  readonly cause: unknown;
}

/** What an app tells of failures, to be looked at by its test, and in the log as a server would write it. */
export function collectReports() {
  const reports: ReportedError[] = [];
  const report = (message: string, cause: unknown): void => {
    reports.push({ message, cause });
    keepLog('app', `error: ${message} ${errorText(cause)}\n`);
  };
  return { reports, report };
}
