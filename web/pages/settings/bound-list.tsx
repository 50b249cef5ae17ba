import { IconButton } from '../../ui/button/button.tsx';
import { ComboBox } from '../../ui/combo-box/combo-box.tsx';
import styles from './settings.module.css';

interface Props {
  readonly title: string;
  /** What the field that adds one is called. */
  readonly add: string;
  /** All that can be chosen. */
  readonly names: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** What a token is good for: names, chosen one after the other. */
export function BoundList({ title, add, names, chosen, onChange }: Props) {
  return (
    <div className={styles.limit}>
      <strong>{title}</strong>
      {chosen.length > 0 && (
        <ul className={styles.list}>
          {chosen.map((each) => (
            <li key={each}>
              <span>{each}</span>
              <IconButton
                icon="close"
                label={`Not ${each}`}
                onClick={() => onChange(chosen.filter((other) => other !== each))}
              />
            </li>
          ))}
        </ul>
      )}
      <ComboBox
        label={add}
        placeholder={add}
        items={names.filter((each) => !chosen.includes(each))}
        onChoose={(each) => onChange([...chosen, each])}
      />
    </div>
  );
}
