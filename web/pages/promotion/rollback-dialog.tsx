import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PromotionTarget } from '../../api/promotion-target.ts';
import { type HolderChange, rollBack } from '../../api/promotions.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { TextArea } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { tell } from '../../ui/toasts/toast-store.ts';
import { refreshModels } from '../model/version-actions.ts';
import { textOfTarget } from './target-text.ts';

interface Props {
  readonly name: string;
  readonly target: PromotionTarget;
  /** What holds it now. */
  readonly version: string;
  /** What is undone. */
  readonly last: HolderChange;
  readonly onClose: () => void;
}

/** Asks before the last change of a target is undone, with what comes and what goes. */
export function RollbackDialog({ name, target, version, last, onClose }: Props) {
  const client = useQueryClient();
  const [comment, setComment] = useState('');
  const text = textOfTarget(target);
  const submit = async () => {
    const versions = await rollBack({ name, target, expectedVersion: version, comment: comment.trim() });
    await refreshModels(client);
    onClose();
    tell(`${text} of “${name}” is back to ${namesOf(versions)}.`);
  };
  return (
    <Dialog title={`Roll ${text} back?`} onClose={onClose}>
      <Form submitLabel="Roll back" isDanger onSubmit={submit} onCancel={onClose}>
        <p>
          <strong>{namesOf(last.left)}</strong> {last.left.length === 1 ? 'comes' : 'come'} back to {text}.
          {last.entered.length > 0 && target.kind === 'stage' && (
            <>
              {' '}
              <strong>{namesOf(last.entered)}</strong> {last.entered.length === 1 ? 'goes' : 'go'} to Archived.
            </>
          )}
          {last.entered.length > 0 && target.kind === 'alias' && ` It no longer stands for ${namesOf(last.entered)}.`}
        </p>
        <TextArea label="Why?" autoFocus value={comment} onChange={(event) => setComment(event.target.value)} />
      </Form>
    </Dialog>
  );
}

const namesOf = (versions: readonly string[]): string =>
  `${versions.length === 1 ? 'version' : 'versions'} ${versions.join(', ')}`;
