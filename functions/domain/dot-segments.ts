/** Whether the path of a URL has a `.` or `..` segment, encoded or not. */
export const hasDotSegments = (path: string): boolean => /(^|\/)(\.|%2[eE]){1,2}(\/|$)/.test(path);
