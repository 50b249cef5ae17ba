import { SearchField } from '../ui/form/field.tsx';
import { useTyped } from '../ui/form/use-typed.ts';
import styles from './comparison.module.css';

interface Props {
  readonly onlyDifferent: boolean;
  readonly find: string;
  readonly onChange: (change: { readonly differences?: boolean; readonly find?: string }) => void;
}

/** Which rows of a comparison are shown. */
export function ComparisonTools({ onlyDifferent, find, onChange }: Props) {
  const typed = useTyped(find, (next) => onChange({ find: next }));
  return (
    <>
      <div className={styles.find}>
        <SearchField label="Find by name" placeholder="Find by name" {...typed} />
      </div>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={onlyDifferent}
          onChange={(event) => onChange({ differences: event.target.checked })}
        />
        Only what differs
      </label>
    </>
  );
}
