const ESCAPES = /(?:%[0-9a-fA-F]{2})+/g;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Decodes percent escapes once; what is no escape stays, what is no UTF-8 becomes U+FFFD (Python: urllib.parse.unquote). */
export const percentDecode = (text: string): string =>
  text.replace(ESCAPES, (escapes) =>
    utf8.decode(Uint8Array.from(escapes.slice(1).split('%'), (digits) => Number.parseInt(digits, 16))),
  );

const MAX_ROUNDS = 10;

/**
 * A text and all that comes of it when it is decoded again and again, the last form being stable; undefined when ten
 * rounds don't get there (MLflow: utils/uri.py, _decode). The bound also keeps the work linear.
 */
export function decodings(text: string): readonly string[] | undefined {
  const forms = [text];
  let form = text;
  while (forms.length <= MAX_ROUNDS) {
    const decoded = percentDecode(form);
    if (decoded === form) return forms;
    forms.push(decoded);
    form = decoded;
  }
  return undefined;
}
