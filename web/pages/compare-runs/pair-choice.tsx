import { Select } from '../../ui/form/field.tsx';
import styles from './compare-runs.module.css';

interface Props {
  /** What the runs are called, by their ids. */
  readonly names: ReadonlyMap<string, string>;
  readonly left: string;
  readonly right: string;
  readonly onChange: (pair: { readonly left: string; readonly right: string }) => void;
}

/** Which two runs are laid side by side. */
export function PairChoice({ names, left, right, onChange }: Props) {
  const options = [...names].map(([value, text]) => ({ value, text }));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <fieldset> is for forms.
    <div role="group" aria-label="Runs side by side" className={styles.pair}>
      <Select label="Left run" value={left} options={options} onChange={(next) => onChange({ left: next, right })} />
      <span>and</span>
      <Select label="Right run" value={right} options={options} onChange={(next) => onChange({ left, right: next })} />
    </div>
  );
}
