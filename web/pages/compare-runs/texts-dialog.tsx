import type { ComparedRow } from '../../comparison/compare-values.ts';
import { DiffView } from '../../comparison/diff-view.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { useUrlState } from '../../ui/url-state/use-url-state.ts';
import { PairChoice } from './pair-choice.tsx';
import { pairOf, pairSchema } from './run-pair.ts';
import { writtenLines } from './written-lines.ts';

export interface TextsDialogProps {
  /** The values of the runs, in the order of their names. */
  readonly row: ComparedRow;
  /** What the runs are called, by their ids. */
  readonly names: ReadonlyMap<string, string>;
  readonly onClose: () => void;
}

/** What two runs have for a key, line by line. */
export function TextsDialog({ row, names, onClose }: TextsDialogProps) {
  const [chosen, change] = useUrlState(pairSchema);
  const runIds = [...names.keys()];
  const textOf = (runId: string) => row.values[runIds.indexOf(runId)];
  const [left, right] = pairOf(runIds, chosen, (runId, other) => {
    const value = textOf(runId);
    return value !== undefined && (other === undefined || value !== textOf(other));
  });
  const [leftText, rightText] = writtenLines('json', textOf(left) ?? '', textOf(right) ?? '');
  const nameOf = (runId: string) =>
    `${names.get(runId) ?? runId}${textOf(runId) === undefined ? ', which has none' : ''}`;
  return (
    <Dialog title={row.key} size="large" onClose={onClose}>
      <PairChoice names={names} left={left} right={right} onChange={(pair) => change(pair, 'replace')} />
      <DiffView
        key={`${left} ${right}`}
        label={`What differs in ${row.key}`}
        left={{ name: nameOf(left), text: leftText }}
        right={{ name: nameOf(right), text: rightText }}
      />
    </Dialog>
  );
}
