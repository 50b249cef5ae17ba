import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import { classes } from '../classes.ts';
import { Dialog } from '../dialog/dialog.tsx';
import { SearchField } from '../form/field.tsx';
import { commandStore } from './command-store.ts';
import { Keys } from './keys.tsx';
import styles from './palette.module.css';
import { entriesOf, matchingEntries, type PaletteEntry } from './palette-entries.ts';

interface Props {
  /** The command that opens it. */
  readonly ownId: string;
  readonly pages: readonly { readonly title: string; readonly go: () => void }[];
  readonly onClose: () => void;
}

/** All commands that work now and the pages to go to, found by typing; arrows move, Enter does it. */
export function Palette({ ownId, pages, onClose }: Props) {
  const groups = useSyncExternalStore(commandStore.subscribe, commandStore.groups);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const entries = useMemo((): readonly PaletteEntry[] => {
    const toPages = pages.map(({ title, go }) => ({ title, group: 'Go to', shortcut: undefined, run: go }));
    return matchingEntries([...entriesOf(groups, ownId), ...toPages], typed);
  }, [groups, ownId, pages, typed]);
  const at = Math.min(active, entries.length - 1);
  const choose = (entry: PaletteEntry | undefined) => {
    if (entry === undefined) return;
    // Gone before the command runs, which may open a dialog or put the focus somewhere.
    flushSync(onClose);
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = placeAfter(event.key, at, entries.length);
    if (to !== undefined) setActive(to);
    else if (event.key === 'Enter') choose(entries[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Commands and pages" onClose={onClose}>
      <SearchField
        label="Find a command or page"
        placeholder="Find a command or page"
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={at < 0 ? undefined : `${listId}${at}`}
        autoFocus
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label="Commands and pages" className={styles.list}>
        {entries.map((entry, index) => (
          <Option
            // biome-ignore lint/suspicious/noArrayIndexKey: two views may have a command of the same name.
            key={index}
            id={`${listId}${index}`}
            entry={entry}
            isActive={index === at}
            onPoint={() => setActive(index)}
            onChoose={() => choose(entry)}
          />
        ))}
      </div>
      {entries.length === 0 && <p role="status">Nothing that can be done now is called so.</p>}
    </Dialog>
  );
}

/** Where a key leads from the entry `at`; round the ends. Undefined for a key that leads nowhere. */
function placeAfter(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'ArrowDown') return (at + 1) % count;
  return key === 'ArrowUp' ? (at - 1 + count) % count : undefined;
}

interface OptionProps {
  readonly id: string;
  readonly entry: PaletteEntry;
  readonly isActive: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

function Option({ id, entry: { title, group, shortcut }, isActive, onPoint, onChoose }: OptionProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    // biome-ignore lint/a11y: an option of the list, whose keys are those of the field.
    <div
      ref={element}
      id={id}
      role="option"
      aria-selected={isActive}
      className={classes(styles.option, isActive && styles.active)}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      <span className={styles.title}>{title}</span>
      <span className={styles.group}>{group}</span>
      {shortcut !== undefined && <Keys shortcut={shortcut} />}
    </div>
  );
}
