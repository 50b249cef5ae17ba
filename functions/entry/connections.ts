import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { WriteLateProps } from '../store/dynamo/only-writer/write-late.ts';
import type { DynamoConnection } from './connect-dynamo.ts';

/** Where the clients connect: AWS on Lambda, the embedded stores on a laptop. */
export interface Connections {
  readonly dynamodb: DynamoConnection;
  readonly s3: S3ClientConfig;
  /** Where a caller that reached us at `origin` finds the same S3; undefined: where we do, as on AWS. */
  readonly s3EndpointFor?: ((origin: string) => string) | undefined;
  /** Whether no other process writes to these stores. */
  readonly isOnlyWriter: boolean;
  /** How an only writer acknowledges writes before the table has them. @default not at all */
  readonly lateWrites?: WriteLateProps | undefined;
}
