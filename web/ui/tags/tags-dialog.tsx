import { useState } from 'react';
import { Button, IconButton } from '../button/button.tsx';
import { Dialog } from '../dialog/dialog.tsx';
import { TextField } from '../form/field.tsx';
import { Form } from '../form/form.tsx';
import { orTell, undoBy } from '../toasts/or-tell.ts';
import { tell } from '../toasts/toast-store.ts';
import { isOwnTag } from './own-tag.ts';
import styles from './tags-dialog.module.css';

interface Props {
  readonly title: string;
  /** Tags that are there; undefined when those of several things are set at once. */
  readonly tags?: ReadonlyMap<string, string>;
  readonly onSet: (key: string, value: string) => Promise<void>;
  readonly onRemove?: (key: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Shows the tags that people gave, sets and removes them; a removed one can be brought back. */
export function TagsDialog({ title, tags, onSet, onRemove, onClose }: Props) {
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  const submit = async () => {
    await onSet(key.trim(), value);
    setKey('');
    setValue('');
  };
  const remove = (removed: string, oldValue: string) =>
    orTell(async () => {
      await onRemove?.(removed);
      tell(
        `Removed the tag ${removed}.`,
        undoBy(() => onSet(removed, oldValue)),
      );
    });
  const own = [...(tags ?? [])].filter(([name]) => !isOwnTag(name));
  return (
    <Dialog title={title} onClose={onClose}>
      {own.length > 0 && (
        <ul className={styles.tags}>
          {own.map(([name, text]) => (
            <li key={name}>
              <code>{name}</code>
              <span className={styles.value}>{text}</span>
              <Button
                look="quiet"
                icon="edit"
                aria-label={`Edit ${name}`}
                onClick={() => {
                  setKey(name);
                  setValue(text);
                }}
              />
              {onRemove && <IconButton icon="trash" label={`Remove ${name}`} onClick={() => void remove(name, text)} />}
            </li>
          ))}
        </ul>
      )}
      <Form submitLabel="Set tag" onSubmit={submit} onCancel={onClose}>
        <TextField label="Key" autoFocus required value={key} onChange={(event) => setKey(event.target.value)} />
        <TextField label="Value" value={value} onChange={(event) => setValue(event.target.value)} />
      </Form>
    </Dialog>
  );
}
