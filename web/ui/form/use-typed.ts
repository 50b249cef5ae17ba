import { type ChangeEvent, useEffect, useState } from 'react';

const WAIT_MS = 250;

/** What is typed into a field, at once, and handed on when the hands rest; a value that changes elsewhere shows in it. */
export function useTyped(value: string, onRest: (typed: string) => void) {
  const [typed, setTyped] = useState(value);
  const [last, setLast] = useState(value);
  if (value !== last) {
    setLast(value);
    setTyped(value);
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed starts the wait.
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onRest(typed), WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return { value: typed, onChange: (event: ChangeEvent<HTMLInputElement>) => setTyped(event.target.value) };
}
