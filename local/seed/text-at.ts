import { CommandError } from '../command-error.ts';

/** The text at a path within an answer; throws CommandError when the server gave none there. */
export function textAt(answer: unknown, ...path: readonly string[]): string {
  const found = path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    answer,
  );
  if (typeof found === 'string') return found;
  throw new CommandError(`the server's answer has no ${path.join('.')}; is it an MLflow tracking server?`, 1);
}
