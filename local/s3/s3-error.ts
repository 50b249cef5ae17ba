/** The error codes of S3 that this server answers with, each with its HTTP status (S3 API reference: Error responses). */
const STATUS_OF_S3_ERROR = {
  AccessDenied: 403,
  AuthorizationHeaderMalformed: 400,
  AuthorizationQueryParametersError: 400,
  BadDigest: 400,
  BucketAlreadyOwnedByYou: 409,
  BucketNotEmpty: 409,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  IncompleteBody: 400,
  InsufficientStorage: 507,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidBucketName: 400,
  InvalidDigest: 400,
  InvalidPart: 400,
  InvalidPartOrder: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  InvalidURI: 400,
  KeyTooLongError: 400,
  MalformedTrailerError: 400,
  MalformedXML: 400,
  MaxMessageLengthExceeded: 400,
  MetadataTooLarge: 400,
  MethodNotAllowed: 405,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NoSuchUpload: 404,
  NotImplemented: 501,
  NotModified: 304,
  PreconditionFailed: 412,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
  XAmzContentSHA256Mismatch: 400,
} as const;

type S3ErrorCode = keyof typeof STATUS_OF_S3_ERROR;

type S3ErrorOptions = { readonly headers?: Readonly<Record<string, string>>; readonly cause?: unknown };

/** A refusal in S3's own words: `code` and `message` go over the wire, with `headers` when the code asks for some. */
export class S3Error extends Error {
  readonly code: S3ErrorCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: S3ErrorCode, message: string, options: S3ErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'S3Error';
    this.code = code;
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return STATUS_OF_S3_ERROR[this.code];
  }
}

/** 404 for a bucket that is not there. */
export const noSuchBucket = (): S3Error => new S3Error('NoSuchBucket', 'The specified bucket does not exist');

/** 404 for a key that is not there. */
export const noSuchKey = (): S3Error => new S3Error('NoSuchKey', 'The specified key does not exist.');

/** 404 for a multipart upload that was never started, was aborted, or is complete. */
export const noSuchUpload = (): S3Error =>
  new S3Error(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  );

/** 412 naming the condition that did not hold. */
export const preconditionFailed = (condition: string): S3Error =>
  new S3Error('PreconditionFailed', `At least one of the pre-conditions you specified did not hold: ${condition}`);
