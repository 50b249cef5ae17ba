import type { ReactNode } from 'react';
import { CopyButton } from '../copy/copy-button.tsx';
import styles from './facts.module.css';

/** What is known of a thing, by a title. */
export interface Fact {
  readonly title: string;
  readonly shown: ReactNode;
  /** What is copied; undefined when there is no point in it. */
  readonly text?: string | undefined;
}

/** Facts below each other, those with nothing to show left out. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts
        .filter(({ shown }) => Boolean(shown))
        .map(({ title, shown, text }) => (
          <div key={title} className={styles.fact}>
            <dt>{title}</dt>
            <dd>
              <span className={styles.value}>{shown}</span>
              {text !== undefined && <CopyButton text={text} what={`the ${title.toLowerCase()}`} />}
            </dd>
          </div>
        ))}
    </dl>
  );
}
