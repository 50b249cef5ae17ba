/**
 * A string whose order is the order of the UTF-8 bytes of the key (one character per byte): S3 lists in UTF-8 order, JavaScript compares
 * UTF-16, and the two differ above U+FFFF.
 */
export const toByteOrder = (key: string): string => Buffer.from(key, 'utf8').toString('latin1');

/** The key again. */
export const fromByteOrder = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

/** Just above every string that starts with the prefix. */
export const afterPrefix = (prefix: string): string => `${prefix}\uffff`;
