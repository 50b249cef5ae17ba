import { lazy, Suspense } from 'react';
import styles from './markdown.module.css';

const Rendered = lazy(() =>
  import('./rendered-markdown.tsx').then(({ RenderedMarkdown }) => ({ default: RenderedMarkdown })),
);

/** A text in Markdown. What it could do harm with is taken out; while the reader loads, the text shows as it was written. */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className={styles.markdown}>
      <Suspense fallback={<p className={styles.plain}>{text}</p>}>
        <Rendered text={text} />
      </Suspense>
    </div>
  );
}
