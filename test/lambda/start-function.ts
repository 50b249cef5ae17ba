import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { keepLog } from '../run/logs.js';
import type { LambdaRuntime } from './find-runtime.ts';
import { type Outcome, startRuntimeApi } from './runtime-api.ts';

/** A function, running as Lambda runs it: its bundle in a process of its own, under Amazon's client. */
export interface RunningFunction {
  /** From the start of the process until it asked for its first event. */
  readonly initMs: number;
  readonly invoke: (event: unknown, traceId?: string) => Promise<Outcome>;
  /** The lines of its log so far. */
  readonly log: readonly string[];
  /** The most memory that it has had, in MB. */
  readonly peakMb: () => number;
  readonly stop: () => Promise<void>;
}

export interface FunctionToStart {
  /** The bundle's file, `index.mjs` in a folder of its own; it exports `handler`. */
  readonly bundle: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts a function and waits until it wants an event; rejects when it cannot start. */
export async function startFunction(
  { node, client }: LambdaRuntime,
  { bundle, memoryMb, timeoutMs, environment }: FunctionToStart,
): Promise<RunningFunction> {
  const api = await startRuntimeApi(timeoutMs);
  const log: string[] = [];
  const startedAt = performance.now();
  const child = spawn(node, [client], {
    cwd: dirname(bundle),
    // As Lambda has it (AWS: "Defined runtime environment variables"), and nothing of this machine.
    env: {
      PATH: process.env.PATH,
      LANG: 'en_US.UTF-8',
      TZ: ':UTC',
      AWS_LAMBDA_RUNTIME_API: api.address,
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_FUNCTION_NAME: 'f',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      AWS_LAMBDA_LOG_GROUP_NAME: 'g',
      AWS_LAMBDA_LOG_STREAM_NAME: 's',
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      LAMBDA_TASK_ROOT: dirname(bundle),
      _HANDLER: 'index.handler',
      ...environment,
    },
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      log.push(line);
      keepLog('function', `${line}\n`);
    });
  }
  await Promise.race([once(child, 'spawn'), ended]);
  const stop = async (): Promise<void> => {
    await api.close();
    child.kill();
    await ended;
  };
  const died = ended.then(() => {
    throw new Error(`The function ended: ${log.join('\n')}`);
  });
  died.catch(() => undefined);
  try {
    await Promise.race([api.ready, died]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    initMs: performance.now() - startedAt,
    invoke: (event, traceId) => Promise.race([api.invoke(event, traceId), died]),
    log,
    peakMb: () => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    stop,
  };
}
