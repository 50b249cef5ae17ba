/** An answer that says no, in the shape in which dynalite throws its own: status 400 with a typed JSON body. */
export class Refusal extends Error {
  readonly statusCode = 400;
  readonly body: RefusalBody;

  constructor(type: string, message: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'Refusal';
    this.body = { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message, ...more };
  }
}

export interface RefusalBody {
  readonly __type: string;
  readonly message?: string;
}

/** A request that breaks a rule of its own shape. */
export const validationError = (message: string): Refusal => new Refusal('ValidationException', message);

/** The body of a refusal, ours or dynalite's; undefined for any other error. */
export const refusalBody = (error: unknown): RefusalBody | undefined => (isRefusal(error) ? error.body : undefined);

/** Whether an error is a refusal of this type, `ConditionalCheckFailedException` for one. */
export const isRefusalOf = (type: string, error: unknown): boolean =>
  refusalBody(error)?.__type.endsWith(`#${type}`) ?? false;

const isRefusal = (error: unknown): error is { readonly body: RefusalBody } =>
  error instanceof Error && 'statusCode' in error && 'body' in error;
