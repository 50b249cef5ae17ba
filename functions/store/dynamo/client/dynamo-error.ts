import type { AttributeValue } from '@aws-sdk/client-dynamodb';

type Item = Readonly<Record<string, AttributeValue>>;

/** Why one item of a transaction failed: `None`, `ConditionalCheckFailed`, `TransactionConflict` … */
export interface CancellationReason {
  readonly Code?: string;
  readonly Item?: Item;
}

/** A refusal of DynamoDB. `code` is its exception's name; `Item` is what a failed condition found. */
export class DynamoError extends Error {
  readonly code: string;
  readonly status: number;
  readonly item: Item | undefined;
  readonly reasons: readonly CancellationReason[];

  constructor(status: number, answer: ErrorAnswer) {
    super(answer.message ?? answer.Message ?? '');
    this.code = answer.__type?.split('#').at(-1) ?? 'UnknownError';
    this.name = this.code;
    this.status = status;
    this.item = answer.Item;
    this.reasons = answer.CancellationReasons ?? [];
  }
}

/** The body of an answer that is not 200. */
export interface ErrorAnswer {
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
  readonly Item?: Item;
  readonly CancellationReasons?: readonly CancellationReason[];
}

/** A request that got no whole answer, whatever became of it: the connection never came about, broke off or fell silent. */
export class NoAnswerError extends Error {
  constructor(cause: unknown) {
    super('DynamoDB does not answer', { cause });
    this.name = 'NoAnswerError';
  }
}
