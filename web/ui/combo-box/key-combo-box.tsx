import { useMemo, useState } from 'react';
import { ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { bestMatches } from './best-matches.ts';
import styles from './combo-box.module.css';
import type { OpenComboBoxProps } from './combo-box.tsx';

/** What `ComboBox` shows once it is entered. */
export function KeyComboBox({ label, placeholder, items, onChoose, typedBefore }: OpenComboBoxProps) {
  const [typed, setTyped] = useState(typedBefore);
  const matches = useMemo(() => bestMatches(items, typed), [items, typed]);
  const shown = useMemo(() => matches.items.map((id) => ({ id })), [matches]);
  const choose = (key: string | number | null) => {
    if (key === null) return;
    setTyped('');
    onChoose(String(key));
  };
  return (
    <ComboBox
      aria-label={label}
      items={shown}
      inputValue={typed}
      onInputChange={setTyped}
      selectedKey={null}
      onSelectionChange={choose}
      autoFocus
      menuTrigger="focus"
      allowsEmptyCollection
    >
      <Input className={styles.input ?? ''} placeholder={placeholder} />
      <Popover className={styles.popover ?? ''}>
        <ListBox className={styles.list ?? ''} renderEmptyState={() => <p className={styles.note}>Nothing matches.</p>}>
          {({ id }: { readonly id: string }) => <ListBoxItem className={styles.item ?? ''}>{id}</ListBoxItem>}
        </ListBox>
        {matches.count > shown.length && (
          <p className={styles.note}>
            {shown.length} of {matches.count.toLocaleString('en-US')}; type to see others.
          </p>
        )}
      </Popover>
    </ComboBox>
  );
}
