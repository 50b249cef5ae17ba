import { Button, IconButton } from '../../../ui/button/button.tsx';
import { formatSize } from '../../../ui/format/size.ts';
import rows from '../../../ui/rows/rows.module.css';
import styles from './artifacts.module.css';
import type { Uploads } from './use-uploads.ts';

/** Files on their way, and those that did not get there. */
export function UploadList({ uploads: { states, retry, drop } }: { readonly uploads: Uploads }) {
  if (states.length === 0) return null;
  return (
    <ul className={styles.uploads} aria-label="Uploads">
      {states.map((upload) => {
        const { id, path, file, sentBytes, error } = upload;
        return (
          <li key={id}>
            <span className={rows.text}>{path}</span>
            {error === undefined ? (
              <>
                <progress aria-label={`Upload of ${path}`} max={Math.max(1, file.size)} value={sentBytes} />
                <span className={rows.aside}>
                  {formatSize(sentBytes)} of {formatSize(file.size)}
                </span>
              </>
            ) : (
              <>
                <span role="alert" className={styles.trouble}>
                  {error}
                </span>
                <Button look="quiet" icon="refresh" onClick={() => retry(upload)}>
                  Try again
                </Button>
              </>
            )}
            <IconButton
              icon="close"
              label={error === undefined ? `Stop the upload of ${path}` : `Forget ${path}`}
              onClick={() => drop(id)}
            />
          </li>
        );
      })}
    </ul>
  );
}
