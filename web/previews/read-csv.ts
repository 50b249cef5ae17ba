/** Lines of cells; the first is the heading. */
export interface Table {
  readonly heading: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Reads comma- or tab-separated values (RFC 4180). Of a text that is cut off, the last line is left out. */
export function readCsv(text: string, { isCut = false }: { readonly isCut?: boolean } = {}): Table {
  const lines = linesOf(text.replace(/^\uFEFF/, ''));
  const whole = isCut ? lines.slice(0, -1) : lines;
  const [heading = [], ...rows] = whole;
  return { heading, rows };
}

/** Tab, `,` or `;`: what the first line holds most of. */
function separatorOf(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  const counts = ['\t', ',', ';'].map((separator) => ({ separator, count: line.split(separator).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).separator;
}

function linesOf(text: string): readonly (readonly string[])[] {
  const separator = separatorOf(text);
  const lines: string[][] = [];
  let line: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endCell = (): void => {
    line.push(cell);
    cell = '';
  };
  const endLine = (): void => {
    endCell();
    // An empty line is no row of one empty cell.
    if (line.length > 1 || line[0] !== '') lines.push(line);
    line = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && cell === '') isQuoted = true;
    else if (sign === separator) endCell();
    else if (sign === '\n') endLine();
    else if (sign !== '\r' || text[at + 1] !== '\n') cell += sign;
  }
  endLine();
  return lines;
}
