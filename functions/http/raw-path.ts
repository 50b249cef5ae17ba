/**
 * The path as the client wrote it. A Request's URL has lost it: the URL standard folds `..` and `%2e%2e` away, so that a
 * path that leaves the artifact root would look like another route. Undefined where the platform does not tell.
 */
export function rawPathOf(env: unknown): string | undefined {
  const path = textAt(env, 'incoming', 'url') ?? textAt(env, 'event', 'rawPath');
  return path?.split('?')[0];
}

function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  const found = keys.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
  return typeof found === 'string' ? found : undefined;
}

/** The folder of an upload in parts may be `.`, the artifact root itself. */
const DOT_FOLDER = /(\/mlflow-artifacts\/mpu\/\w+\/)\.$/;

/** Whether a path has a `.` or `..` segment, encoded or not, that names no folder. */
export const hasDotSegments = (path: string): boolean =>
  /(^|\/)(\.|%2e){1,2}(\/|$)/i.test(path.replace(DOT_FOLDER, '$1'));

/** Whether the escapes of a path are whole and UTF-8, and none is the end of a line: the router's patterns match no such path. */
export function isReadable(path: string): boolean {
  try {
    return !/[\n\r\u2028\u2029]/.test(decodeURIComponent(path));
  } catch {
    return false;
  }
}
