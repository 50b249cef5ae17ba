import { S3Error } from '../s3-error.ts';

const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const LOOKS_LIKE_AN_ADDRESS = /^\d+\.\d+\.\d+\.\d+$/;

/** The name, or 400 InvalidBucketName (S3 user guide: "Bucket naming rules"). */
export const checkedBucketName = (name: string): string => {
  const isValid = BUCKET_NAME.test(name) && !name.includes('..') && !LOOKS_LIKE_AN_ADDRESS.test(name);
  if (!isValid) throw new S3Error('InvalidBucketName', `The specified bucket is not valid: ${name}`);
  return name;
};
