import styles from './model.module.css';

interface Props {
  readonly aliases: readonly { readonly alias: string; readonly version?: string }[];
}

/** Aliases in a line, with the versions that they stand for where that is not said elsewhere. */
export function AliasList({ aliases }: Props) {
  const title = aliases.map(({ alias, version }) => (version ? `@${alias} → ${version}` : `@${alias}`)).join('\n');
  return (
    <span className={styles.aliases} title={title}>
      {aliases.map(({ alias, version }) => (
        <span key={alias} className={styles.alias}>
          @{alias}
          {version !== undefined && <span className={styles.target}>{version}</span>}
        </span>
      ))}
    </span>
  );
}
