import { Buffer } from 'node:buffer';

/**
 * Texts as bytes, such that all UTF-16 comes back as it was, half surrogate pairs too: hex digits in pairs, one byte a
 * unit up to U+00FF, or two bytes a unit. The narrow ones are also what V8 keeps in one byte a unit.
 */
export const TextForm = { Hex: 0, Latin1: 1, Utf16: 2 } as const;
export type TextForm = (typeof TextForm)[keyof typeof TextForm];

// Searching for what does not belong needs no stack, however long the text is.
const NO_HEX = /[^0-9a-f]/;
const NO_LATIN1 = /[^\0-\xff]/;

/** The form that takes the fewest bytes; also that of an empty text. */
export function formOf(text: string): TextForm {
  if (text.length % 2 === 0 && !NO_HEX.test(text)) return TextForm.Hex;
  return NO_LATIN1.test(text) ? TextForm.Utf16 : TextForm.Latin1;
}

const ENCODINGS = ['hex', 'latin1', 'utf16le'] as const;
const BYTES_PER_UNIT = [0.5, 1, 2] as const;

/** Writes a text in a form that fits it. */
export const encodeText = (text: string, form: TextForm): Buffer => Buffer.from(text, ENCODINGS[form]);

/** Reads what encodeText wrote. */
export const decodeText = (bytes: Buffer, form: TextForm): string => bytes.toString(ENCODINGS[form]);

/** How many bytes a text of so many UTF-16 units takes. */
export const textSizeBytes = (units: number, form: TextForm): number => units * BYTES_PER_UNIT[form];

/** Reads a form that was written as a number. */
export function textFormOf(value: number): TextForm {
  if (value === TextForm.Hex || value === TextForm.Latin1 || value === TextForm.Utf16) return value;
  throw new RangeError(`Text form ${value}`);
}
