import { type ReactNode, useCallback, useMemo } from 'react';
import { late } from '../ui/late/late.tsx';
import { textField } from '../ui/url-state/url-state.ts';
import { useUrlState } from '../ui/url-state/use-url-state.ts';
import type { ComparedGroup, ComparedRow } from './compare-values.ts';
import type { TextsDialogProps } from './texts-dialog.tsx';

const TextsDialog = late<TextsDialogProps>(() => import('./texts-dialog.tsx').then((part) => part.TextsDialog));

/** The row whose texts are laid over each other: the title of its group, a slash and its key. */
const schema = { text: textField() } as const;

interface Texts {
  /** Opens a row; `title` is that of its group. */
  readonly compareTexts: (title: string, key: string) => void;
  /** The row that is open; null when none is. */
  readonly dialog: ReactNode;
}

/** Long texts of a comparison, two of which are laid over each other. */
export function useTexts({
  what,
  groups,
  names,
}: Pick<TextsDialogProps, 'what' | 'names'> & { readonly groups: readonly ComparedGroup[] }): Texts {
  const [{ text }, change] = useUrlState(schema);
  const row = useMemo(() => rowOf(groups, text), [groups, text]);
  const compareTexts = useCallback((title: string, key: string) => change({ text: `${title}/${key}` }), [change]);
  const close = () => change({ text: '' }, 'replace');
  return { compareTexts, dialog: row ? <TextsDialog what={what} row={row} names={names} onClose={close} /> : null };
}

function rowOf(groups: readonly ComparedGroup[], text: string): ComparedRow | undefined {
  const at = text.indexOf('/');
  const group = groups.find(({ title }) => title === text.slice(0, Math.max(0, at)));
  return group?.rows.find(({ key }) => key === text.slice(at + 1));
}
