/** Whether the path of a URL names a file or folder of ours. */
export const isArtifactPath = (path: string): boolean => path.includes('/mlflow-artifacts/');

/** Whether the escapes of a path are whole and UTF-8, and none is the end of a line: the router's patterns match no such path. */
export function isReadable(path: string): boolean {
  try {
    return !/[\n\r\u2028\u2029]/.test(decodeURIComponent(path));
  } catch {
    return false;
  }
}

const DOT_FOLDER = /(\/mlflow-artifacts\/mpu\/\w+\/)\.$/;

/** A path without the `.` that stands for the artifact root as the folder of an upload in parts. */
export const withoutDotFolder = (path: string): string => path.replace(DOT_FOLDER, '$1');
