/** The first line of a note, without the signs of Markdown at its start. */
export const firstLine = (note = ''): string =>
  note
    .trimStart()
    .split('\n', 1)[0]
    ?.replace(/^[#>*\-\s]+/, '') ?? '';
