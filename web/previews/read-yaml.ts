/** What YAML holds: maps, lists and texts; numbers and the like stay as they are written. */
export type Yaml = string | readonly Yaml[] | YamlMap;
export interface YamlMap {
  readonly [key: string]: Yaml;
}

interface Line {
  readonly indent: number;
  readonly text: string;
}

/**
 * Reads YAML as PyYAML writes it: block maps and lists, plain, quoted and literal texts, folded over lines. Throws an Error
 * for what it does not know, such as anchors; whoever asks shows the text itself then.
 */
export function readYaml(text: string): Yaml {
  const reader = new Reader(text);
  const value = reader.block(0);
  reader.expectEnd();
  return value;
}

const KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'\-?[{&*!|>%@`][^#]*?|-[^\s#][^#]*?):(?:\s+(.*))?$/;
const EMPTY: Readonly<Record<string, Yaml>> = { '[]': [], '{}': {} };

/** Stands at a line. Rule: block = list | map | scalar, each at one indent. */
class Reader {
  readonly #lines: readonly Line[];
  #at = 0;

  constructor(text: string) {
    this.#lines = text.split(/\r?\n/).map((line) => {
      const indent = line.length - line.trimStart().length;
      return { indent, text: line.slice(indent).trimEnd() };
    });
  }

  expectEnd(): void {
    const line = this.#peek();
    if (line !== undefined) throw new Error(`line ${this.#at + 1} cannot be read: ${line.text}`);
  }

  block(least: number): Yaml {
    const line = this.#peek();
    if (line === undefined || line.indent < least) return '';
    if (isItem(line)) return this.#list(line.indent);
    if (KEY.test(line.text)) return this.#map(line.indent);
    this.#at += 1;
    return this.#scalar(line.text, line.indent - 1);
  }

  #list(indent: number): readonly Yaml[] {
    const items: Yaml[] = [];
    for (let line = this.#peek(); line?.indent === indent && isItem(line); line = this.#peek()) {
      items.push(this.#item(line));
    }
    return items;
  }

  /** What follows `- ` stands as if on a line of its own, two signs further in. */
  #item({ indent, text }: Line): Yaml {
    const rest = text.slice(1).trimStart();
    this.#at += 1;
    if (rest === '') return this.block(indent + 1);
    if (!KEY.test(rest) && !rest.startsWith('- ')) return this.#scalar(rest, indent);
    this.#at -= 1;
    const inner = new Map([[this.#at, { indent: indent + text.length - rest.length, text: rest }]]);
    this.#replaced = inner;
    return this.block(indent + 1);
  }

  #replaced: ReadonlyMap<number, Line> = new Map();

  #map(indent: number): YamlMap {
    const entries: [string, Yaml][] = [];
    for (let line = this.#peek(); line?.indent === indent; line = this.#peek()) {
      const [, key, rest = ''] = KEY.exec(line.text) ?? [];
      if (key === undefined) break;
      this.#at += 1;
      entries.push([unquoted(key), this.#value(rest, indent)]);
    }
    return Object.fromEntries(entries);
  }

  #value(rest: string, indent: number): Yaml {
    if (rest !== '') return this.#scalar(rest, indent);
    const next = this.#peek();
    // The items of a list may stand as far in as its key.
    const isList = next?.indent === indent && isItem(next);
    return this.block(isList ? indent : indent + 1);
  }

  #scalar(start: string, indent: number): Yaml {
    const empty = EMPTY[start];
    if (empty !== undefined) return empty;
    if (/^[|>][+-]?\d?$/.test(start)) return this.#literal(start, indent);
    if (/^[&*!%@`[{]/.test(start)) throw new Error(`${start} cannot be read`);
    const quote = start[0] === '"' || start[0] === "'" ? start[0] : undefined;
    const parts = [start];
    while (quote === undefined ? this.#goesOn(indent) : !isClosed(parts.join(' '), quote)) {
      const line = this.#lines[this.#at];
      if (quote === undefined && line && KEY.test(line.text)) throw new Error(`a key stands within ${start}`);
      if (line === undefined) throw new Error(`the text ${start} does not end`);
      parts.push(line.text);
      this.#at += 1;
    }
    return unquoted(folded(parts, quote));
  }

  #goesOn(indent: number): boolean {
    const line = this.#lines[this.#at];
    return line !== undefined && line.text !== '' && line.indent > indent;
  }

  #literal(start: string, indent: number): string {
    const parts: Line[] = [];
    for (let line = this.#lines[this.#at]; line && (line.text === '' || line.indent > indent); ) {
      parts.push(line);
      this.#at += 1;
      line = this.#lines[this.#at];
    }
    const margin = Math.min(...parts.filter(({ text }) => text !== '').map((part) => part.indent));
    const lines = parts.map((part) => (part.text === '' ? '' : ' '.repeat(part.indent - margin) + part.text));
    return lines.join(start.startsWith('|') ? '\n' : ' ').trimEnd();
  }

  /** The next line that says something. */
  #peek(): Line | undefined {
    while (this.#at < this.#lines.length) {
      const line = this.#replaced.get(this.#at) ?? this.#lines[this.#at];
      if (line && line.text !== '' && !line.text.startsWith('#') && line.text !== '---') return line;
      this.#at += 1;
    }
    return undefined;
  }
}

const isItem = ({ text }: Line): boolean => text === '-' || text.startsWith('- ');

const isClosed = (text: string, quote: string): boolean =>
  (quote === '"' ? /^"(?:[^"\\]|\\.)*"$/ : /^'(?:[^']|'')*'$/).test(text);

/** Lines of a text are one, with a blank between; an empty line is a line's end, and in double quotes `\` joins without a blank. */
function folded(parts: readonly string[], quote: string | undefined): string {
  return parts.reduce((text, part) => {
    if (part === '') return `${text}\n`;
    if (quote === '"' && text.endsWith('\\')) return text.slice(0, -1) + part.replace(/^\\ /, ' ');
    return text.endsWith('\n') ? text + part : `${text} ${part}`;
  });
}

function unquoted(text: string): string {
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
  // PyYAML's escapes are JSON's but for `\x41`, `\ ` and few that nobody writes.
  if (text.startsWith('"'))
    return String(
      JSON.parse(
        text
          .replace(/\\x(..)/g, '\\u00$1')
          .replace(/\\ /g, ' ')
          .replaceAll('\n', '\\n'),
      ),
    );
  return text.replace(/\s+#.*$/, '');
}
