const BLANK_CONTROLS = '\t\n\v\f\r\u001c\u001d\u001e\u001f\u0085';

const isBlank = (char: string): boolean => BLANK_CONTROLS.includes(char) || /\p{Z}/u.test(char);

/** Cuts blanks off both ends as Python's str.strip does; String.trim takes U+FEFF and leaves U+0085 and U+001C to U+001F. */
export function pythonStrip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charAt(start))) start += 1;
  while (end > start && isBlank(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
