/**
 * The path as the client wrote it. A Request's URL has lost it: the URL standard folds `..` and `%2e%2e` away, so that a
 * path that leaves the artifact root would look like another route. Undefined where the platform does not tell.
 */
export function rawPathOf(env: unknown): string | undefined {
  const path = textAt(env, 'incoming', 'url') ?? textAt(env, 'event', 'rawPath');
  return path?.split('?')[0];
}

/** The text at a path within a value, if there is one. */
export function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  const found = keys.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
  return typeof found === 'string' ? found : undefined;
}
