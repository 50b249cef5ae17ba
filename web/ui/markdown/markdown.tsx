import { late } from '../late/late.tsx';
import styles from './markdown.module.css';

interface Props {
  readonly text: string;
}

const Rendered = late<Props>(
  () => import('./rendered-markdown.tsx').then(({ RenderedMarkdown }) => RenderedMarkdown),
  ({ text }) => <p className={styles.plain}>{text}</p>,
);

/** A text in Markdown. What it could do harm with is taken out; while the reader loads, the text shows as it was written. */
export function Markdown({ text }: Props) {
  return (
    <div className={styles.markdown}>
      <Rendered text={text} />
    </div>
  );
}
