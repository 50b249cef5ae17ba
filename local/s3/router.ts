import { createBucket, deleteBucket, getBucketLocation, headBucket, listBuckets } from './operations/buckets.ts';
import { completeMultipartUpload } from './operations/complete-multipart-upload.ts';
import { copyObject } from './operations/copy-object.ts';
import { deleteObject, deleteObjects } from './operations/delete-objects.ts';
import { getObject, headObject } from './operations/get-object.ts';
import { listMultipartUploads } from './operations/list-multipart-uploads.ts';
import { listObjectsV1, listObjectsV2 } from './operations/list-objects.ts';
import { listParts } from './operations/list-parts.ts';
import { abortMultipartUpload, createMultipartUpload } from './operations/multipart-upload.ts';
import { putObject } from './operations/put-object.ts';
import { uploadPart, uploadPartCopy } from './operations/upload-part.ts';
import { S3Error } from './s3-error.ts';
import type { S3Operation } from './s3-operation.ts';
import type { S3Request } from './s3-request.ts';

// Answered as if they were the plain operation, these would do something else than what was asked.
const NOT_IMPLEMENTED = [
  'accelerate acl analytics attributes cors encryption intelligent-tiering inventory legal-hold lifecycle logging metrics',
  'notification object-lock ownershipControls policy policyStatus publicAccessBlock replication requestPayment restore',
  'retention select tagging torrent versioning versions website',
].flatMap((line) => line.split(' '));

const notImplemented = (what: string): S3Error =>
  new S3Error(
    'NotImplemented',
    `A header or parameter you provided implies functionality that is not implemented: ${what}`,
  );

const checkImplemented = ({ headers, query }: S3Request): void => {
  const parameter = NOT_IMPLEMENTED.find((name) => query.has(name));
  if (parameter !== undefined) throw notImplemented(parameter);
  const version = query.get('versionId');
  if (version !== null && version !== 'null') throw notImplemented('versionId');
  const header = Object.keys(headers).find((name) => name.includes('server-side-encryption-customer'));
  if (header !== undefined) throw notImplemented(header);
};

const routeBucket = ({ method, query }: S3Request): S3Operation | undefined => {
  switch (method) {
    case 'GET':
      if (query.has('uploads')) return listMultipartUploads;
      if (query.has('location')) return getBucketLocation;
      return query.get('list-type') === '2' ? listObjectsV2 : listObjectsV1;
    case 'HEAD':
      return headBucket;
    case 'PUT':
      return createBucket;
    case 'DELETE':
      return deleteBucket;
    case 'POST':
      return query.has('delete') ? deleteObjects : undefined;
  }
  return undefined;
};

const routePut = ({ headers, query }: S3Request): S3Operation => {
  const isCopy = headers['x-amz-copy-source'] !== undefined;
  if (query.has('uploadId')) return isCopy ? uploadPartCopy : uploadPart;
  return isCopy ? copyObject : putObject;
};

const routeObject = (request: S3Request): S3Operation | undefined => {
  const { method, query } = request;
  const isOfUpload = query.has('uploadId');
  switch (method) {
    case 'GET':
      return isOfUpload ? listParts : getObject;
    case 'HEAD':
      return headObject;
    case 'PUT':
      return routePut(request);
    case 'DELETE':
      return isOfUpload ? abortMultipartUpload : deleteObject;
    case 'POST':
      if (query.has('uploads')) return createMultipartUpload;
      return isOfUpload ? completeMultipartUpload : undefined;
  }
  return undefined;
};

const routeService = ({ method }: S3Request): S3Operation | undefined => (method === 'GET' ? listBuckets : undefined);

/** The operation that the method, the path and the query name; 405 MethodNotAllowed, or 501 for what this server leaves out. */
export const route = (request: S3Request): S3Operation => {
  checkImplemented(request);
  const pick = request.bucket === '' ? routeService : request.key === '' ? routeBucket : routeObject;
  const operation = pick(request);
  if (operation !== undefined) return operation;
  throw new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.');
};
