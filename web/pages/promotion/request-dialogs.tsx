import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { PromotionTarget } from '../../api/promotion-target.ts';
import {
  createRequest,
  type PromotionRequest,
  promoteRequest,
  reviewRequest,
  type Verdict,
  withdrawRequest,
} from '../../api/promotions.ts';
import type { ModelVersion } from '../../api/registered-models.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { CheckField, TextArea } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { tell } from '../../ui/toasts/toast-store.ts';
import { refreshModels } from '../model/version-actions.ts';
import { textOfTarget } from './target-text.ts';

interface CommentProps {
  readonly title: string;
  readonly submitLabel: string;
  readonly isDanger?: boolean;
  /** What should be said; whether something must be. */
  readonly label: string;
  readonly isRequired?: boolean;
  readonly done: string;
  readonly onSubmit: (comment: string) => Promise<unknown>;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** A step of a promotion, with a word to those who read of it later. */
function StepDialog({ title, submitLabel, isDanger = false, label, isRequired = false, ...rest }: CommentProps) {
  const client = useQueryClient();
  const [comment, setComment] = useState('');
  const { done, onSubmit, onClose, children } = rest;
  const submit = async () => {
    await onSubmit(comment.trim());
    await refreshModels(client);
    onClose();
    tell(done);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <Form submitLabel={submitLabel} isDanger={isDanger} onSubmit={submit} onCancel={onClose}>
        {children}
        <TextArea
          label={label}
          autoFocus
          required={isRequired}
          maxLength={MAX_COMMENT}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </Form>
    </Dialog>
  );
}

/** As the server wants it (docs/promotion.md). */
const MAX_COMMENT = 2_000;

interface RequestProps {
  readonly version: ModelVersion;
  readonly target: PromotionTarget;
  readonly onClose: () => void;
}

/** Asks for a version to be promoted. */
export function RequestDialog({ version: { name, version }, target, onClose }: RequestProps) {
  const [archives, setArchives] = useState(true);
  const text = textOfTarget(target);
  const archivesOthers = target.kind === 'stage' && archives;
  return (
    <StepDialog
      title={`Request promotion to ${text}`}
      submitLabel="Request"
      label="Why this version?"
      done={`Asked for version ${version} of “${name}” to be promoted to ${text}.`}
      onSubmit={(comment) => createRequest({ name, version, target, archivesOthers, comment })}
      onClose={onClose}
    >
      <p>
        For version {version} of “{name}”. Whoever may approve it finds the request here and among all promotions.
      </p>
      {target.kind === 'stage' && (
        <CheckField label={`Archive the others in ${text} then`} isChecked={archives} onChange={setArchives} />
      )}
    </StepDialog>
  );
}

interface Props {
  readonly request: PromotionRequest;
  readonly onClose: () => void;
}

const VERDICTS = {
  APPROVE: { title: 'Approve', label: 'Comment', done: 'You approve of it.' },
  REFUSE: { title: 'Refuse', label: 'Why, and what would change your mind', done: 'You refuse it.' },
  ABSTAIN: { title: 'Take my review back', label: 'Comment', done: 'Your review no longer counts.' },
} as const satisfies Readonly<Record<Verdict, object>>;

/** Says what somebody thinks of a request; a refusal tells why. */
export function ReviewDialog({ request, verdict, onClose }: Props & { readonly verdict: Verdict }) {
  const { title, label, done } = VERDICTS[verdict];
  const { requestId, version, target } = request;
  return (
    <StepDialog
      title={verdict === 'ABSTAIN' ? `${title}?` : `${title} version ${version} for ${textOfTarget(target)}?`}
      submitLabel={title}
      isDanger={verdict === 'REFUSE'}
      label={label}
      isRequired={verdict === 'REFUSE'}
      done={done}
      onSubmit={(comment) => reviewRequest(requestId, verdict, comment)}
      onClose={onClose}
    >
      {verdict === 'REFUSE' && <p>It stops the promotion until you take it back or approve after all.</p>}
    </StepDialog>
  );
}

/** Does what a request asks for. */
export function PromoteDialog({ request, onClose }: Props) {
  const { requestId, name, version, target, archivesOthers } = request;
  const text = textOfTarget(target);
  return (
    <StepDialog
      title={`Promote version ${version} to ${text}?`}
      submitLabel="Promote"
      label="Comment"
      done={`Version ${version} of “${name}” is now in ${text}.`}
      onSubmit={(comment) => promoteRequest(requestId, comment)}
      onClose={onClose}
    >
      <p>{consequenceText(target, archivesOthers)}</p>
    </StepDialog>
  );
}

function consequenceText(target: PromotionTarget, archivesOthers: boolean): string {
  if (target.kind === 'alias') return 'The alias stands for it from then on.';
  return archivesOthers ? `The other versions in ${target.stage} go to Archived.` : 'The other versions there stay.';
}

/** Takes a request back. */
export function WithdrawDialog({ request: { requestId, version, target }, onClose }: Props) {
  return (
    <StepDialog
      title={`Withdraw the request for ${textOfTarget(target)}?`}
      submitLabel="Withdraw"
      isDanger
      label="Comment"
      done={`Nobody asks for version ${version} in ${textOfTarget(target)} any more.`}
      onSubmit={(comment) => withdrawRequest(requestId, comment)}
      onClose={onClose}
    >
      <p>The request and its reviews stay in the history; a new one starts without reviews.</p>
    </StepDialog>
  );
}
