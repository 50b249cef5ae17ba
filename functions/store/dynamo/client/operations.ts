import type {
  BatchGetItemCommandInput,
  BatchGetItemCommandOutput,
  BatchWriteItemCommandInput,
  BatchWriteItemCommandOutput,
  GetItemCommandInput,
  GetItemCommandOutput,
  PutItemCommandInput,
  PutItemCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  TransactWriteItemsCommandInput,
  TransactWriteItemsCommandOutput,
  UpdateItemCommandInput,
  UpdateItemCommandOutput,
} from '@aws-sdk/client-dynamodb';

type Answer<T> = Omit<T, '$metadata'>;

/** The operations of DynamoDB that the store uses, with the SDK's types. */
export interface DynamoOperations {
  readonly GetItem: { readonly input: GetItemCommandInput; readonly output: Answer<GetItemCommandOutput> };
  readonly PutItem: { readonly input: PutItemCommandInput; readonly output: Answer<PutItemCommandOutput> };
  readonly UpdateItem: { readonly input: UpdateItemCommandInput; readonly output: Answer<UpdateItemCommandOutput> };
  readonly Query: { readonly input: QueryCommandInput; readonly output: Answer<QueryCommandOutput> };
  readonly BatchGetItem: {
    readonly input: BatchGetItemCommandInput;
    readonly output: Answer<BatchGetItemCommandOutput>;
  };
  readonly BatchWriteItem: {
    readonly input: BatchWriteItemCommandInput;
    readonly output: Answer<BatchWriteItemCommandOutput>;
  };
  readonly TransactWriteItems: {
    readonly input: TransactWriteItemsCommandInput;
    readonly output: Answer<TransactWriteItemsCommandOutput>;
  };
}

export type OperationName = keyof DynamoOperations;
export type InputOf<O extends OperationName> = DynamoOperations[O]['input'];
export type OutputOf<O extends OperationName> = DynamoOperations[O]['output'];

/** Sends one operation; rejects with DynamoError once its own retries are used up. */
export interface DynamoClient {
  readonly send: <O extends OperationName>(operation: O, input: InputOf<O>) => Promise<OutputOf<O>>;
}
