const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * The Content-Disposition of a download: the name as ASCII, quoted where it must be, and as RFC 5987 has it where that is
 * not the same (as werkzeug writes it). `decomposed` is the name in Unicode's form NFKD, from which ASCII is left.
 */
export function attachment(name: string, decomposed: string): string {
  const ascii = decomposed.replace(/[^\x20-\x7e]/g, '');
  const quoted = TOKEN.test(ascii) ? ascii : `"${ascii.replace(/["\\]/g, '\\$&')}"`;
  if (ascii === name) return `attachment; filename=${quoted}`;
  const extended = encodeURIComponent(name).replace(/['()*]/g, percentEncode);
  return `attachment; filename=${quoted}; filename*=UTF-8''${extended}`;
}

const percentEncode = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
