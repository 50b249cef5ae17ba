import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import styles from './previews.module.css';

const LINE_HEIGHT = 20;
const LINES_AROUND = 30;
/** A line beyond that is broken: minified files have one line. */
const MOST_SIGNS = 4_000;

interface Props {
  readonly name: string;
  readonly text: string;
}

/** A text with the numbers of its lines; only those in view are drawn. */
export function TextPreview({ name, text }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => text.replace(/\n$/, '').split('\n').flatMap(piecesOf), [text]);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: LINES_AROUND,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    // biome-ignore lint/a11y/useSemanticElements: a <section> has no name of its own.
    <div ref={scroller} className={styles.text} role="region" aria-label={`Text of ${name}`} tabIndex={0}>
      <pre style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <code key={index} className={styles.line} style={{ transform: `translateY(${start}px)` }}>
            <span className={styles.number} aria-hidden="true">
              {lines[index]?.number}
            </span>
            {lines[index]?.text}
            {'\n'}
          </code>
        ))}
      </pre>
    </div>
  );
}

interface Piece {
  /** undefined where a line goes on. */
  readonly number: number | undefined;
  readonly text: string;
}

function piecesOf(line: string, index: number): readonly Piece[] {
  if (line.length <= MOST_SIGNS) return [{ number: index + 1, text: line }];
  return Array.from({ length: Math.ceil(line.length / MOST_SIGNS) }, (_, at) => ({
    number: at === 0 ? index + 1 : undefined,
    text: line.slice(at * MOST_SIGNS, (at + 1) * MOST_SIGNS),
  }));
}
