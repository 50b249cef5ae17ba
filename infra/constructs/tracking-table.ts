import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  CfnGlobalTable,
  type ITableV2,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { ENV } from '../../functions/entry/env.ts';
import { DELIVERY_PARTITIONS, IDENTITY_PARTITIONS, WORK_PARTITIONS } from '../../functions/store/dynamo/keys.ts';
import { TABLE_DEFINITION } from '../../functions/store/dynamo/table-definition.ts';
import type { OtherTable } from '../config.ts';
import type { CustomerKey } from './customer-key.ts';
import type { ServiceFunction } from './service-function.ts';

export interface TrackingTableProps {
  /** Retained, the table is also protected from deletion by hand. */
  readonly removalPolicy: RemovalPolicy;
  /** A table that everybody is led to instead, as after a restore. @default there is none */
  readonly inPlace?: OtherTable | undefined;
  /** Encrypts it. @default a key of AWS's */
  readonly customerKey?: CustomerKey | undefined;
}

/** What functions/store/dynamo/table.ts calls. A transaction needs the actions of its parts. */
const READ_ACTIONS = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const WRITE_ACTIONS = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
];

const STREAM_ACTIONS = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];

/** The one table, on demand, encrypted, with every second of the last 35 days to go back to. */
export class TrackingTable extends Construct {
  readonly tableName: string;
  readonly #table: ITableV2;
  readonly #key: CustomerKey | undefined;

  constructor(scope: Construct, id: string, { removalPolicy, inPlace, customerKey }: TrackingTableProps) {
    super(scope, id);
    this.#key = customerKey;
    const own = new TableV2(this, 'Table', {
      partitionKey: { name: TABLE_DEFINITION.partitionKey, type: AttributeType.STRING },
      sortKey: { name: TABLE_DEFINITION.sortKey, type: AttributeType.STRING },
      timeToLiveAttribute: TABLE_DEFINITION.timeToLive,
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      deletionProtection: removalPolicy === RemovalPolicy.RETAIN,
      removalPolicy,
    });
    // Whether anybody is led here or not: CloudFormation takes no export away from stacks that still import it.
    for (const value of [own.tableName, own.tableArn, own.tableStreamArn]) Stack.of(this).exportValue(value);
    if (customerKey) encryptBy(own, customerKey);
    this.#table = inPlace ? this.#other(inPlace) : own;
    this.tableName = this.#table.tableName;
  }

  /** Lets `reader` find the table and read its items. */
  grantRead(reader: ServiceFunction): void {
    this.#grant(reader, READ_ACTIONS);
  }

  /** Lets `writer` find the table, read its items and change them. */
  grantReadWrite(writer: ServiceFunction): void {
    this.#grant(writer, [...READ_ACTIONS, ...WRITE_ACTIONS]);
  }

  /** Lets `service` find the table, and read and change users, roles, tokens and the audit, and nothing else. */
  grantIdentity(service: ServiceFunction): void {
    this.#tellName(service);
    service.allow([...READ_ACTIONS, ...WRITE_ACTIONS], [this.#table.tableArn], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': IDENTITY_PARTITIONS },
    });
  }

  /** Lets `deliverer`, which talks to strangers, find the table, and read and change webhooks and deliveries, and nothing else. */
  grantDeliver(deliverer: ServiceFunction): void {
    this.#tellName(deliverer);
    deliverer.allow([...READ_ACTIONS, ...WRITE_ACTIONS], [this.#table.tableArn], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': DELIVERY_PARTITIONS },
    });
  }

  /** Lets `noter` find the table and note work in it, and nothing else. */
  grantNoteWork(noter: ServiceFunction): void {
    this.#tellName(noter);
    noter.allow(['dynamodb:UpdateItem'], [this.#table.tableArn], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${WORK_PARTITIONS}*`] },
    });
  }

  /** Lets `listener` read the table's stream; gives what names it. */
  grantListen(listener: ServiceFunction): string {
    const { tableStreamArn } = this.#table;
    if (tableStreamArn === undefined) throw new Error('The table has a stream');
    listener.allow(STREAM_ACTIONS, [tableStreamArn]);
    this.#key?.grantUse(listener);
    return tableStreamArn;
  }

  #other({ tableName, streamArn: tableStreamArn }: OtherTable): ITableV2 {
    return TableV2.fromTableAttributes(this, 'InPlace', { tableName, tableStreamArn });
  }

  #grant(service: ServiceFunction, actions: readonly string[]): void {
    this.#tellName(service);
    service.allow(actions, [this.#table.tableArn]);
  }

  #tellName(service: ServiceFunction): void {
    service.addEnvironment(ENV.tableName, this.tableName);
    this.#key?.grantUse(service);
  }
}

/** The CDK names the key of a table's one replica only in stacks that are for one region. */
function encryptBy(table: TableV2, { key }: CustomerKey): void {
  const resource = table.node.defaultChild;
  if (!(resource instanceof CfnGlobalTable)) throw new Error('A TableV2 is made of a CfnGlobalTable');
  resource.addPropertyOverride('Replicas.0.SSESpecification', { KMSMasterKeyId: key.keyArn });
}
