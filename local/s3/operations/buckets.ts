import { checkedBucketName } from '../rules/bucket-name.ts';
import { S3Error } from '../s3-error.ts';
import type { S3Operation } from '../s3-operation.ts';
import { emptyReply, xmlReply } from '../s3-reply.ts';
import { element, textElement, xmlDocument } from '../wire/write-xml.ts';

/** ListBuckets, all on one page. */
export const listBuckets: S3Operation = async ({ store }, { query }) => {
  const prefix = query.get('prefix') ?? '';
  const buckets = [...store.buckets.values()]
    .filter(({ name }) => name.startsWith(prefix))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, createdMs }) =>
      element('Bucket', textElement('Name', name), textElement('CreationDate', new Date(createdMs).toISOString())),
    );
  const owner = element('Owner', textElement('ID', 'local'), textElement('DisplayName', 'local'));
  return xmlReply(xmlDocument('ListAllMyBucketsResult', owner, element('Buckets', ...buckets)));
};

/** CreateBucket; 409 BucketAlreadyOwnedByYou when it is there. */
export const createBucket: S3Operation = async ({ store, now }, { bucket }) => {
  const name = checkedBucketName(bucket);
  await store.commit((state) => {
    if (state.has(name)) {
      throw new S3Error(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
      );
    }
    return [{ kind: 'create-bucket', bucket: name, createdMs: now() }];
  });
  return emptyReply(200, { location: `/${name}` });
};

/** HeadBucket. */
export const headBucket: S3Operation = async ({ store, region }, { bucket }) => {
  store.bucket(bucket);
  return emptyReply(200, { 'x-amz-bucket-region': region });
};

/** DeleteBucket with its unfinished uploads; 409 BucketNotEmpty while there are objects. */
export const deleteBucket: S3Operation = async ({ store }, { bucket }) => {
  await store.commit(() => {
    if (store.bucket(bucket).objects.size > 0) {
      throw new S3Error('BucketNotEmpty', 'The bucket you tried to delete is not empty');
    }
    return [{ kind: 'delete-bucket', bucket }];
  });
  return emptyReply(204);
};

/** GetBucketLocation: empty for us-east-1, as S3 has it. */
export const getBucketLocation: S3Operation = async ({ store, region }, { bucket }) => {
  store.bucket(bucket);
  return xmlReply(xmlDocument('LocationConstraint', region === 'us-east-1' ? '' : region));
};
