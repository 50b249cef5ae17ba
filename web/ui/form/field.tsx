import { type ComponentProps, type ReactNode, useId } from 'react';
import styles from './field.module.css';

interface Common {
  readonly label: string;
  /** What is wrong with what was typed. */
  readonly error?: string | undefined;
  readonly hint?: string;
}

type TextFieldProps = Common & Omit<ComponentProps<'input'>, 'className' | 'id'>;

/** A line to type in, with its label above and what is wrong below. */
export function TextField({ label, error, hint, ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={styles.input}
        autoComplete="off"
        spellCheck={false}
        {...describedBy(id, error, hint)}
        {...rest}
      />
      <Notes id={id} error={error} hint={hint} />
    </div>
  );
}

type TextAreaProps = Common & Omit<ComponentProps<'textarea'>, 'className' | 'id'>;

/** Several lines to type in. */
export function TextArea({ label, error, hint, ...rest }: TextAreaProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <textarea id={id} className={styles.area} {...describedBy(id, error, hint)} {...rest} />
      <Notes id={id} error={error} hint={hint} />
    </div>
  );
}

const describedBy = (id: string, error: string | undefined, hint: string | undefined) => ({
  'aria-invalid': error !== undefined,
  'aria-describedby': error || hint ? `${id}-notes` : undefined,
});

function Notes({ id, error, hint }: Pick<Common, 'error' | 'hint'> & { readonly id: string }) {
  const text = error ?? hint;
  if (text === undefined) return null;
  return (
    <p id={`${id}-notes`} className={error === undefined ? styles.hint : styles.error}>
      {text}
    </p>
  );
}

type SearchFieldProps = Omit<ComponentProps<'input'>, 'className' | 'aria-label' | 'type'> & { readonly label: string };

/** A line to search with; its label is for a screen reader, for a placeholder says it to the eye. */
export function SearchField({ label, ...rest }: SearchFieldProps) {
  return (
    <input type="search" className={styles.input} aria-label={label} autoComplete="off" spellCheck={false} {...rest} />
  );
}

interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly onChange: (value: T) => void;
}

/** One of a few words; its label is for a screen reader. */
export function Select<T extends string>({ label, value, options, onChange }: SelectProps<T>) {
  const choose = (text: string) => {
    const option = options.find((each) => each.value === text);
    if (option) onChange(option.value);
  };
  return (
    <select className={styles.select} aria-label={label} value={value} onChange={(event) => choose(event.target.value)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  );
}

interface SelectFieldProps<T extends string> extends SelectProps<T> {
  readonly hint?: string;
}

/** One of a few words, with its label above. */
export function SelectField<T extends string>({ label, hint, ...rest }: SelectFieldProps<T>) {
  return (
    <div className={styles.field}>
      {/* The select itself is named for a screen reader. */}
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      <Select label={label} {...rest} />
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
    </div>
  );
}

interface CheckFieldProps {
  readonly label: ReactNode;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
}

/** Yes or no. */
export function CheckField({ label, isChecked, onChange }: CheckFieldProps) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={isChecked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
