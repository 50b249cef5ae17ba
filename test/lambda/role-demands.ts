/** What a request wants of the role that sends it (AWS: service authorization reference). */
export interface Demand {
  readonly action: string;
  readonly resource: string;
  /** The partition of the table, where there is one. */
  readonly leadingKey?: string;
}

/** What stands for the deployment's resources in its policies. */
export interface Arns {
  readonly table: string;
  readonly bucket: string;
}

interface Place {
  readonly pk?: { readonly S?: string };
}

/** A part of a transaction or of a batch: its one member says what it is. */
type Part = Readonly<Record<string, { readonly Key?: Place; readonly Item?: Place }>>;

interface DynamoRequest {
  readonly Key?: Place;
  readonly Item?: Place;
  readonly ExpressionAttributeValues?: Readonly<Record<string, { readonly S?: string }>>;
  readonly TransactItems?: readonly Part[];
  readonly RequestItems?: Readonly<Record<string, readonly Part[] | { readonly Keys: readonly Place[] }>>;
}

const ACTIONS_OF_PARTS: Readonly<Record<string, string>> = {
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
};

/** What a request of DynamoDB's wants. */
export function dynamoDemands(operation: string, body: string, { table }: Arns): readonly Demand[] {
  const request: DynamoRequest = JSON.parse(body);
  const demand = (action: string, place: Place | undefined): Demand => ({
    action,
    resource: table,
    leadingKey: place?.pk?.S ?? '',
  });
  const action = `dynamodb:${operation}`;
  if (operation === 'Query') return [demand(action, { pk: { ...request.ExpressionAttributeValues?.[':pk'] } })];
  const parts = (request.TransactItems ?? []).flatMap(Object.entries);
  const inBatch = Object.values(request.RequestItems ?? {}).flatMap((batch) =>
    'Keys' in batch ? batch.Keys : batch.flatMap(Object.values).map(({ Key, Item }) => Key ?? Item),
  );
  if (parts.length > 0)
    return parts.map(([kind, part]) => demand(ACTIONS_OF_PARTS[kind] ?? kind, part.Key ?? part.Item));
  if (inBatch.length > 0) return inBatch.map((place: Place | undefined) => demand(action, place));
  return [demand(action, request.Key ?? request.Item)];
}

/** What a request to S3 wants, its bucket in the path. */
export function s3Demands(method: string, url: string, body: string, { bucket }: Arns): readonly Demand[] {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const [, , ...segments] = pathname.split('/');
  const key = decodeURIComponent(segments.join('/'));
  if (key !== '') return [{ action: objectAction(method, searchParams), resource: `${bucket}/${key}` }];
  if (method === 'POST') {
    const keys = [...body.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, deleted = '']) => deleted);
    return keys.map((deleted) => ({ action: 's3:DeleteObject', resource: `${bucket}/${deleted}` }));
  }
  const action = searchParams.has('uploads') ? 's3:ListBucketMultipartUploads' : 's3:ListBucket';
  return [{ action, resource: bucket }];
}

function objectAction(method: string, query: URLSearchParams): string {
  if (method === 'GET' || method === 'HEAD') return 's3:GetObject';
  if (method !== 'DELETE') return 's3:PutObject';
  return query.has('uploadId') ? 's3:AbortMultipartUpload' : 's3:DeleteObject';
}
