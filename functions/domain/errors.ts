/** MLflow's error codes that Tracklet answers with, each with its HTTP status (MLflow: protos/databricks.proto, exceptions.py). */
export const HTTP_STATUS_OF = {
  INVALID_PARAMETER_VALUE: 400,
  BAD_REQUEST: 400,
  RESOURCE_ALREADY_EXISTS: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  RESOURCE_DOES_NOT_EXIST: 404,
  ENDPOINT_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  RESOURCE_CONFLICT: 409,
  REQUEST_TOO_LARGE: 413,
  RANGE_NOT_SATISFIABLE: 416,
  REQUEST_LIMIT_EXCEEDED: 429,
  INTERNAL_ERROR: 500,
  NOT_IMPLEMENTED: 501,
  TEMPORARILY_UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof HTTP_STATUS_OF;

interface MlflowErrorOptions {
  readonly cause?: unknown;
  readonly retryAfterSeconds?: number;
}

/** The one error of the house: `code` and `message` go over the wire as they stand, `cause` stays inside. */
export class MlflowError extends Error {
  readonly code: ErrorCode;
  /** When it may be tried again, where that is known. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, options: MlflowErrorOptions = {}) {
    super(message, options);
    this.name = 'MlflowError';
    this.code = code;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get status(): number {
    return HTTP_STATUS_OF[this.code];
  }
}

/** A request that MLflow refuses with 400 INVALID_PARAMETER_VALUE. */
export const invalidParameter = (message: string, cause?: unknown): MlflowError =>
  new MlflowError('INVALID_PARAMETER_VALUE', message, { cause });

/** Something named by the request is not there: 404 RESOURCE_DOES_NOT_EXIST. */
export const doesNotExist = (message: string): MlflowError => new MlflowError('RESOURCE_DOES_NOT_EXIST', message);

/** A name is taken: 400 RESOURCE_ALREADY_EXISTS (MLflow answers 400, not 409). */
export const alreadyExists = (message: string): MlflowError => new MlflowError('RESOURCE_ALREADY_EXISTS', message);

/** The database would have refused the request: 400 BAD_REQUEST. */
export const badRequest = (message: string): MlflowError => new MlflowError('BAD_REQUEST', message);
