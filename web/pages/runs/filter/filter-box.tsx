import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { classes } from '../../../ui/classes.ts';
import { Icon } from '../../../ui/icon/icon.tsx';
import type { KeyCatalogue } from '../key-catalogue.ts';
import { completeFilter, type Suggestion, type ValuedName, type ValuesOf, valuedNameAt } from './complete-filter.ts';
import styles from './filter-box.module.css';
import { filterProblem } from './filter-problem.ts';

interface Props {
  readonly id: string;
  readonly value: string;
  readonly keys: KeyCatalogue;
  readonly valuesOf: ValuesOf;
  /** Called when values of a param or a tag will be asked for. */
  readonly onWantValues: (name: ValuedName) => void;
  /** Called with a filter that is right. */
  readonly onApply: (filter: string) => void;
}

const PLACEHOLDER = "Filter: metrics.loss < 0.1 AND params.lr = '0.01'";

/**
 * MLflow's filter language in a line that completes names and values from what the runs hold, and underlines what is
 * wrong. Enter applies it.
 */
export function FilterBox({ id, value, keys, valuesOf, onWantValues, onApply }: Props) {
  const [text, setText] = useState(value);
  const [caret, setCaret] = useState(value.length);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState<number>();
  const input = useRef<HTMLInputElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const listId = useId();
  // The URL changed by other ways: back, a saved view, a quick filter.
  useEffect(() => setText(value), [value]);
  const valued = useMemo(() => (isOpen ? valuedNameAt(text, caret) : undefined), [isOpen, text, caret]);
  const { kind: valuedKind, key: valuedKey } = valued ?? {};
  useEffect(() => {
    if (valuedKind !== undefined && valuedKey !== undefined) onWantValues({ kind: valuedKind, key: valuedKey });
  }, [valuedKind, valuedKey, onWantValues]);
  const problem = useMemo(() => filterProblem(text), [text]);
  const completion = useMemo(
    () => (isOpen ? completeFilter(text, caret, keys, valuesOf) : undefined),
    [isOpen, text, caret, keys, valuesOf],
  );
  const suggestions = completion?.suggestions ?? [];
  const isListShown = isOpen && suggestions.length > 0;
  // While somebody is still writing, a filter is unfinished rather than wrong.
  const isProblemShown = problem !== undefined && !isListShown;

  const change = (next: string, at: number) => {
    setText(next);
    setCaret(at);
    setActive(undefined);
  };
  const accept = (suggestion: Suggestion) => {
    if (completion === undefined) return;
    const head = `${text.slice(0, completion.start)}${suggestion.text} `;
    // At once: the next key may be down already, and must come behind what was completed.
    flushSync(() => change(head + text.slice(completion.end).trimStart(), head.length));
    input.current?.setSelectionRange(head.length, head.length);
  };
  const apply = (filter: string) => {
    setOpen(false);
    if (filterProblem(filter) === undefined) onApply(filter.trim());
  };
  const clear = () => {
    change('', 0);
    apply('');
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = active === undefined ? undefined : suggestions[active];
    const act = (): boolean => {
      switch (event.key) {
        case 'ArrowDown':
          setOpen(true);
          setActive(Math.min(suggestions.length - 1, (active ?? -1) + 1));
          return true;
        case 'ArrowUp':
          setActive(active === undefined || active === 0 ? undefined : active - 1);
          return true;
        case 'Tab': {
          const first = chosen ?? suggestions[0];
          const isCompleting = isListShown && !event.shiftKey && completion !== undefined && completion.start < caret;
          if (!isCompleting || first === undefined) return false;
          accept(first);
          return true;
        }
        case 'Enter':
          if (isListShown && chosen) accept(chosen);
          else apply(text);
          return true;
        case 'Escape':
          if (isListShown) setOpen(false);
          else input.current?.blur();
          return true;
        default:
          return false;
      }
    };
    if (act()) event.preventDefault();
  };
  return (
    <div className={styles.box}>
      <div className={classes(styles.line, isProblemShown && styles.wrong)}>
        <Icon name="filter" />
        <div className={styles.field}>
          <div ref={mirror} className={styles.mirror} aria-hidden="true">
            {isProblemShown ? <Marked text={text} start={problem.start} end={problem.end} /> : text}
          </div>
          <input
            ref={input}
            id={id}
            className={styles.input}
            role="combobox"
            aria-label="Filter"
            aria-expanded={isListShown}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={isListShown && active !== undefined ? `${listId}-${active}` : undefined}
            aria-invalid={isProblemShown}
            aria-describedby={isProblemShown ? `${listId}-problem` : undefined}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            placeholder={PLACEHOLDER}
            value={text}
            onChange={(event) => {
              change(event.target.value, event.target.selectionStart ?? event.target.value.length);
              setOpen(true);
            }}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
            onClick={() => setOpen(true)}
            onScroll={(event) => mirror.current?.scrollTo({ left: event.currentTarget.scrollLeft })}
            onKeyDown={onKeyDown}
            onBlur={() => {
              setOpen(false);
              if (text !== value) apply(text);
            }}
          />
        </div>
        {text !== '' && (
          <button
            type="button"
            className={styles.clear}
            aria-label="Clear the filter"
            title="Clear the filter"
            onClick={clear}
          >
            <Icon name="close" />
          </button>
        )}
      </div>
      {isListShown && <Suggestions id={listId} suggestions={suggestions} active={active} onAccept={accept} />}
      {isProblemShown && (
        <p id={`${listId}-problem`} className={styles.problem} role="alert">
          {problem.message}
        </p>
      )}
    </div>
  );
}

/** The text with what is wrong underlined; it lies exactly behind what is typed. */
function Marked({ text, start, end }: { readonly text: string; readonly start: number; readonly end: number }) {
  return (
    <>
      {text.slice(0, start)}
      <mark className={styles.mark}>{text.slice(start, end)}</mark>
      {text.slice(end)}
    </>
  );
}

interface SuggestionsProps {
  readonly id: string;
  readonly suggestions: readonly Suggestion[];
  readonly active: number | undefined;
  readonly onAccept: (suggestion: Suggestion) => void;
}

function Suggestions({ id, suggestions, active, onAccept }: SuggestionsProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active !== undefined) list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div ref={list} id={id} role="listbox" aria-label="Completions" className={styles.list}>
      {suggestions.map((suggestion, index) => (
        // biome-ignore lint/a11y: as above; the pointer may choose, too.
        <div
          key={suggestion.text}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className={styles.option}
          // Not on click: the field must not lose the focus before.
          onMouseDown={(event) => {
            event.preventDefault();
            onAccept(suggestion);
          }}
        >
          <span className={styles.text}>{suggestion.text}</span>
          <span className={styles.note}>{suggestion.note}</span>
        </div>
      ))}
    </div>
  );
}
