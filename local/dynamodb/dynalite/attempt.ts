import type { Item } from 'dynalite/db/index.js';
import type { PreparedAction } from './actions.ts';
import type { Recorder } from './recorder.ts';
import { isRefusalOf, Refusal, refusalBody, validationError } from './refusal.ts';

/** One part of a transaction. */
export interface TransactionPart {
  readonly run: PreparedAction;
  /** A condition check runs as a delete that is not kept. */
  readonly isDry: boolean;
  readonly returnsOldItem: boolean;
}

/** Why a part refuses the transaction, as DynamoDB tells it: Code `None` for a part that does not. */
interface Reason {
  readonly Code: string;
  readonly Message?: string | undefined;
  readonly Item?: Item | undefined;
}

interface Outcome {
  readonly reason: Reason;
  readonly output: Item;
}

const NO_REASON: Reason = { Code: 'None' };

/** Runs all parts over the recorder and returns their outputs; throws when one of them refuses, with the reasons of all. */
export const attemptAll = async (recorder: Recorder, parts: readonly TransactionPart[]): Promise<readonly Item[]> => {
  const outcomes: Outcome[] = [];
  for (const part of parts) outcomes.push(await attempt(recorder, part));
  if (recorder.hasRepeatedItem) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
  const reasons = outcomes.map(({ reason }) => reason);
  if (reasons.some((reason) => reason !== NO_REASON)) throw cancelled(reasons);
  return outcomes.map(({ output }) => output);
};

const attempt = async (recorder: Recorder, part: TransactionPart): Promise<Outcome> => {
  try {
    return { reason: NO_REASON, output: await part.run(recorder.store({ isDry: part.isDry })) };
  } catch (error) {
    return { reason: reasonOf(error, part.returnsOldItem ? recorder.lastItem : undefined), output: {} };
  }
};

const reasonOf = (error: unknown, oldItem: Item | undefined): Reason => {
  const Message = refusalBody(error)?.message;
  if (isRefusalOf('ConditionalCheckFailedException', error)) {
    return { Code: 'ConditionalCheckFailed', Message, Item: oldItem };
  }
  if (isRefusalOf('ValidationException', error)) return { Code: 'ValidationError', Message };
  throw error;
};

const cancelled = (reasons: readonly Reason[]): Refusal => {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return new Refusal('TransactionCanceledException', message, { CancellationReasons: reasons });
};
