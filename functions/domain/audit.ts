/** How a request ended. */
export type AuditOutcome = 'done' | 'refused' | 'failed';

/** One line of the audit: who did what to what, when, from where, and how it ended. */
export interface AuditEntry {
  /** Sorts by time. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Undefined for somebody who did not sign in. */
  readonly username: string | undefined;
  readonly tokenId: string | undefined;
  /** Method and place, as `POST /mlflow/runs/create`. */
  readonly operation: string;
  /** What it was done to, as `experiment 12`; never values of params or tags. */
  readonly subject: string | undefined;
  readonly address: string | undefined;
  readonly outcome: AuditOutcome;
  readonly status: number;
  /** What a gate or a protection said: what was missing, or what was decided. */
  readonly detail?: string | undefined;
}
