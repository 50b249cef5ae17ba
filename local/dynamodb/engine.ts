import type { DynamoConnection } from '../../functions/entry/connect-dynamo.ts';

/** The two stores that can stand in for DynamoDB on a laptop. */
export type EngineName = 'dynoxide' | 'dynalite';

/** A started engine: `exited` resolves only if it dies by itself, `stop` may be called any number of times. */
export interface RunningEngine {
  readonly endpoint: string;
  /** What makes a client of this engine quicker. */
  readonly shortcuts?: Pick<DynamoConnection, 'post' | 'sign'>;
  /** The process that serves, if it is not ours. */
  readonly pid: number | undefined;
  readonly exited: Promise<Error>;
  stop(): Promise<void>;
}

/** Where an engine keeps its data (absent = in memory) and whom it tells what went wrong. */
export interface EngineOptions {
  readonly path: string | undefined;
  readonly log: (line: string) => void;
}
