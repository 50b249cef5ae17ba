import { formatSize } from '../ui/format/size.ts';
import styles from './previews.module.css';
import type { MlModel } from './read-mlmodel.ts';
import { SignatureTables } from './signature-tables.tsx';
import { TextPreview } from './text-preview.tsx';

const TITLES: Readonly<Record<string, string>> = {
  model_id: 'Logged model',
  model_uuid: 'Model uuid',
  run_id: 'Run',
  mlflow_version: 'MLflow',
  utc_time_created: 'Created (UTC)',
  model_size_bytes: 'Size',
  artifact_path: 'Artifact path',
};

interface Props {
  readonly model: MlModel;
  /** The file itself, which can be unfolded. */
  readonly text?: string;
}

/** What the file MLmodel tells, to be read: what it takes and gives, how it is loaded, where it came from. */
export function MlModelCard({ model: { flavors, signature, facts }, text }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className={styles.page} tabIndex={0}>
      <section className={styles.part}>
        <h2>Signature</h2>
        <SignatureTables signature={signature} />
      </section>
      <section className={styles.part}>
        <h2>Flavors</h2>
        {flavors.map(({ name, facts: known }) => (
          <Facts key={name} title={name} facts={known} />
        ))}
      </section>
      <section className={styles.part}>
        <h2>Origin</h2>
        <Facts facts={named(facts)} />
      </section>
      {text !== undefined && (
        <details className={styles.part}>
          <summary>The file itself</summary>
          <div className={styles.inner}>
            <TextPreview name="MLmodel" text={text} />
          </div>
        </details>
      )}
    </div>
  );
}

/** What people look for, by the names they know. */
const named = (facts: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(TITLES).flatMap(([key, title]) => {
      const value = facts.get(key);
      if (value === undefined) return [];
      return [[title, key === 'model_size_bytes' ? formatSize(Number(value)) : value]];
    }),
  );

function Facts({ title, facts }: { readonly title?: string; readonly facts: ReadonlyMap<string, string> }) {
  return (
    <div className={styles.facts}>
      {title !== undefined && <h3>{title}</h3>}
      <dl>
        {[...facts].map(([key, value]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
