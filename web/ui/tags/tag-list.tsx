import { isOwnTag } from './own-tag.ts';
import styles from './tags.module.css';

/** The tags that people gave, in a line; all of them show on hover. */
export function TagList({ tags }: { readonly tags: ReadonlyMap<string, string> }) {
  const own = [...tags].filter(([key]) => !isOwnTag(key));
  const title = own.map(([key, value]) => `${key}: ${value}`).join('\n');
  return (
    <span className={styles.list} title={title}>
      {own.map(([key, value]) => (
        <span key={key} className={styles.tag}>
          {key}
          {value !== '' && <span className={styles.value}>{value}</span>}
        </span>
      ))}
    </span>
  );
}
