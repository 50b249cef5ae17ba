/** An answer that is no success: MLflow's `error_code` and `message`, and the HTTP status they came with. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** How long the server asks to wait, when it says so. */
  readonly retryAfterMs: number | undefined;

  constructor({ status, code, message, retryAfterMs }: ApiErrorProps) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

interface ApiErrorProps {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly retryAfterMs?: number | undefined;
}

/** No answer came at all: the server or the line to it is down. */
export class ConnectionLostError extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached.', { cause });
    this.name = 'ConnectionLostError';
  }
}

/** Whether the same request may well succeed a little later. */
export const isPassing = (error: unknown): boolean =>
  error instanceof ApiError && [429, 502, 503, 504].includes(error.status);

/** What happened, as one sentence for a person. */
export const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
