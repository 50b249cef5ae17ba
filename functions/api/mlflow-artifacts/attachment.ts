const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * A Content-Disposition that saves a file under its name: as ASCII, quoted where it must be, and as RFC 5987 has it where
 * that is not the same (as werkzeug writes it).
 */
export function attachment(name: string): string {
  const ascii = name.normalize('NFKD').replace(/[^\x20-\x7e]/g, '');
  const quoted = TOKEN.test(ascii) ? ascii : `"${ascii.replace(/["\\]/g, '\\$&')}"`;
  if (ascii === name) return `attachment; filename=${quoted}`;
  const extended = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, percentEncode);
  return `attachment; filename=${quoted}; filename*=UTF-8''${extended}`;
}

const percentEncode = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
