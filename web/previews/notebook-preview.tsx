import { Markdown } from '../ui/markdown/markdown.tsx';
import styles from './previews.module.css';
import type { NotebookCell, NotebookOutput } from './read-notebook.ts';

/** The cells of a notebook, with the texts and pictures that came out of them. */
export function NotebookPreview({ cells }: { readonly cells: readonly NotebookCell[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className={styles.page} tabIndex={0}>
      {cells.map((cell, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cells have no names, and their places never change.
        <Cell key={at} cell={cell} />
      ))}
    </div>
  );
}

function Cell({ cell: { kind, text, outputs } }: { readonly cell: NotebookCell }) {
  if (kind === 'markdown') return <Markdown text={text} />;
  return (
    <div className={styles.cell}>
      <pre className={styles.source}>
        <code>{text}</code>
      </pre>
      {outputs.map((output, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above.
        <Output key={at} output={output} />
      ))}
    </div>
  );
}

function Output({ output }: { readonly output: NotebookOutput }) {
  if (output.kind === 'image')
    return (
      <img src={`data:${output.type};base64,${output.base64}`} alt="What the cell drew" className={styles.drawn} />
    );
  return output.text === '' ? null : <pre className={styles.output}>{output.text}</pre>;
}
