import { Dialog } from '../ui/dialog/dialog.tsx';
import { useUrlState } from '../ui/url-state/use-url-state.ts';
import type { ComparedRow } from './compare-values.ts';
import { DiffView } from './diff-view.tsx';
import { pairOf, pairSchema } from './pair.ts';
import { PairChoice } from './pair-choice.tsx';
import { writtenLines } from './written-lines.ts';

export interface TextsDialogProps {
  /** What is compared: `run`. */
  readonly what: string;
  /** The values, in the order of the names. */
  readonly row: ComparedRow;
  /** What each of the compared things is called, by its id. */
  readonly names: ReadonlyMap<string, string>;
  readonly onClose: () => void;
}

/** What two of the compared things have for a key, line by line. */
export function TextsDialog({ what, row, names, onClose }: TextsDialogProps) {
  const [chosen, change] = useUrlState(pairSchema);
  const ids = [...names.keys()];
  const textOf = (id: string) => row.values[ids.indexOf(id)];
  const [left, right] = pairOf(ids, chosen, (id, other) => {
    const value = textOf(id);
    return value !== undefined && (other === undefined || value !== textOf(other));
  });
  const [leftText, rightText] = writtenLines('json', textOf(left) ?? '', textOf(right) ?? '');
  const nameOf = (id: string) => `${names.get(id) ?? id}${textOf(id) === undefined ? ', which has none' : ''}`;
  return (
    <Dialog title={row.key} size="large" onClose={onClose}>
      <PairChoice what={what} names={names} left={left} right={right} onChange={(pair) => change(pair, 'replace')} />
      <DiffView
        key={`${left} ${right}`}
        label={`What differs in ${row.key}`}
        left={{ name: nameOf(left), text: leftText }}
        right={{ name: nameOf(right), text: rightText }}
      />
    </Dialog>
  );
}
