import { type ComponentType, useState } from 'react';
import { tellTrouble } from '../toasts/toast-store.ts';
import styles from './combo-box.module.css';

export interface ComboBoxProps {
  readonly label: string;
  readonly placeholder: string;
  readonly items: readonly string[];
  readonly onChoose: (item: string) => void;
}

/** What is drawn once somebody comes in: it has the focus, and what was typed meanwhile. */
export interface OpenComboBoxProps extends ComboBoxProps {
  readonly typedBefore: string;
}

/** A field that completes one of many texts, twelve thousand keys of metrics among them; its list is loaded when it is entered. */
export function ComboBox(props: ComboBoxProps) {
  const [typed, setTyped] = useState('');
  const [Open, setOpen] = useState<ComponentType<OpenComboBoxProps>>();
  if (Open !== undefined) return <Open {...props} typedBefore={typed} />;
  const load = (): void => {
    import('./key-combo-box.tsx').then(
      ({ KeyComboBox }) => setOpen(() => KeyComboBox),
      (error: unknown) => tellTrouble(`What there is to choose could not be loaded: ${String(error)}`),
    );
  };
  return (
    <input
      className={styles.input}
      role="combobox"
      aria-label={props.label}
      aria-autocomplete="list"
      aria-expanded={false}
      autoComplete="off"
      placeholder={props.placeholder}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onFocus={load}
    />
  );
}
