/** A cell of a notebook, and what came out of it as text. */
export interface NotebookCell {
  readonly kind: 'code' | 'markdown' | 'raw';
  readonly text: string;
  readonly outputs: readonly NotebookOutput[];
}

export type NotebookOutput =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly type: string; readonly base64: string };

interface WireOutput {
  readonly text?: Lines;
  readonly data?: Readonly<Record<string, Lines>>;
  readonly traceback?: readonly string[];
}

type Lines = string | readonly string[];

interface WireNotebook {
  readonly cells?: readonly {
    readonly cell_type: NotebookCell['kind'];
    readonly source?: Lines;
    readonly outputs?: readonly WireOutput[];
  }[];
}

/** Reads a Jupyter notebook (nbformat 4); throws an Error for what is no JSON. */
export function readNotebook(text: string): readonly NotebookCell[] {
  // The format is nbformat's promise; a cell without its parts reads as empty.
  const { cells = [] } = JSON.parse(text) as WireNotebook;
  return cells.map(({ cell_type: kind, source = '', outputs = [] }) => ({
    kind,
    text: joined(source),
    outputs: outputs.map(readOutput),
  }));
}

const joined = (lines: Lines): string => (typeof lines === 'string' ? lines : lines.join(''));

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals' colours begin with one.
const COLOURS = /\u001b\[[\d;]*m/g;

function readOutput({ text, data = {}, traceback }: WireOutput): NotebookOutput {
  const type = ['image/png', 'image/jpeg'].find((each) => data[each] !== undefined);
  if (type !== undefined) return { kind: 'image', type, base64: joined(data[type] ?? '').replace(/\s/g, '') };
  const lines = text ?? data['text/plain'] ?? (traceback ? traceback.join('\n') : '');
  return { kind: 'text', text: joined(lines).replace(COLOURS, '') };
}
