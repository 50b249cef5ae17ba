import { sleep } from '../../functions/platform/system.ts';
import { createCalls, type Send } from '../seed/calls.ts';
import { openConnections } from '../seed/http-send.ts';
import { playAll } from './scenes.ts';

/** A server of its own to rehearse on, over stores of its own. */
export interface Stage {
  readonly url: string;
  /** Archives all runs. */
  readonly archiveAll: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** A rehearsal that may still be under way. */
export interface Rehearsal {
  readonly stop: () => Promise<void>;
}

export interface RehearsalProps {
  readonly openStage: () => Promise<Stage>;
  /** How long nothing has been asked of the real server, in ms; 0 while it answers. */
  readonly quietMs: () => number;
  readonly report: (message: string, cause: unknown) => void;
}

/** The server is up for nobody yet, or its users have gone for a coffee. */
const QUIET_BEFORE_MS = 2_000;
/** Between two calls of a client that is at work. */
const QUIET_BETWEEN_MS = 300;
const LOOK_EVERY_MS = 100;
/**
 * After one stage the compiled code calls the very functions that were made for it, and V8 throws it away when the real
 * server's come; after two it is for all that are made alike.
 */
const STAGES = 2;

class Stopped extends Error {}

/**
 * Plays what clients ask most while nobody asks for anything: V8 compiles well only what has run some hundred times,
 * and a server that has just started would take up to twice as long for each call of a short training.
 */
export function startRehearsal({ openStage, quietMs, report }: RehearsalProps): Rehearsal {
  let isStopped = false;

  const untilQuiet = async (ms: number): Promise<void> => {
    while (!isStopped && quietMs() < ms) await sleep(LOOK_EVERY_MS);
    if (isStopped) throw new Stopped();
  };

  const playOn = async ({ url, archiveAll }: Stage): Promise<void> => {
    const { send, close } = openConnections(url, 1);
    const sendWhenQuiet: Send = async (...request) => {
      await untilQuiet(QUIET_BETWEEN_MS);
      return send(...request);
    };
    await playAll({ ...createCalls(sendWhenQuiet), archiveAll }).finally(close);
  };

  const rehearse = async (): Promise<void> => {
    for (let at = 0; at < STAGES; at += 1) {
      await untilQuiet(QUIET_BEFORE_MS);
      const stage = await openStage();
      await playOn(stage).finally(stage.stop);
    }
  };

  const done = rehearse().catch((error) => {
    if (!(error instanceof Stopped)) report('the rehearsal failed', error);
  });
  return {
    stop: async () => {
      isStopped = true;
      await done;
    },
  };
}
