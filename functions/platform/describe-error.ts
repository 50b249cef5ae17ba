/** What a log may tell of an error. */
interface ErrorDescription {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause: ErrorDescription | undefined;
}

/** An error without its other properties, which a logger would write: the SDK's errors carry items, with params and secrets. */
export function describeError(error: unknown): ErrorDescription | undefined {
  if (error === undefined) return undefined;
  if (!(error instanceof Error))
    return { name: typeof error, message: String(error), stack: undefined, cause: undefined };
  const { name, message, stack, cause } = error;
  return { name, message, stack, cause: describeError(cause) };
}

/** The same as text, with the stacks of all causes. */
export function errorText(error: unknown): string {
  const described = describeError(error);
  return described ? textOf(described) : '';
}

const textOf = ({ name, message, stack, cause }: ErrorDescription): string =>
  `${stack ?? `${name}: ${message}`}${cause ? `\n  caused by ${textOf(cause)}` : ''}`;
