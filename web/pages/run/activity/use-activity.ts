import { useState } from 'react';
import type { Run } from '../../../api/runs.ts';
import { type ActivityLog, lookAgain, openLog } from './activity-log.ts';

/** What came in of a run since it was first drawn; `readAt` is when it was read, in ms since the epoch. Held above the tabs. */
export function useActivity(run: Run, readAt: number): ActivityLog {
  const [log, setLog] = useState(() => openLog(run, readAt));
  if (log.run === run) return log;
  const next = lookAgain(log, run, readAt);
  // React: state that follows from props is set while drawing, which is then done anew at once.
  setLog(next);
  return next;
}
