import { Select } from '../ui/form/field.tsx';
import styles from './comparison.module.css';

interface Props {
  /** What is chosen from: `run`. */
  readonly what: string;
  /** What each is called, by its id. */
  readonly names: ReadonlyMap<string, string>;
  readonly left: string;
  readonly right: string;
  readonly onChange: (pair: { readonly left: string; readonly right: string }) => void;
}

/** Which two of some things are laid side by side. */
export function PairChoice({ what, names, left, right, onChange }: Props) {
  const options = [...names].map(([value, text]) => ({ value, text }));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <fieldset> is for forms.
    <div role="group" aria-label={`The two ${what}s side by side`} className={styles.pair}>
      <Select
        label={`Left ${what}`}
        value={left}
        options={options}
        onChange={(next) => onChange({ left: next, right })}
      />
      <span>and</span>
      <Select
        label={`Right ${what}`}
        value={right}
        options={options}
        onChange={(next) => onChange({ left, right: next })}
      />
    </div>
  );
}
