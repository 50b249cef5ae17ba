import { useQueryClient } from '@tanstack/react-query';
import { deletePolicy } from '../../api/promotion-policies.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Form } from '../../ui/form/form.tsx';
import { tell } from '../../ui/toasts/toast-store.ts';
import { refreshModels } from '../model/version-actions.ts';

interface Props {
  /** Whose it is; undefined for that of all models. */
  readonly name: string | undefined;
  readonly onClose: () => void;
}

/** Asks before a gate is taken down. */
export function DeletePolicyDialog({ name, onClose }: Props) {
  const client = useQueryClient();
  const whose = name === undefined ? 'all models' : `“${name}”`;
  const submit = async () => {
    await deletePolicy(name);
    await refreshModels(client);
    onClose();
    tell(`Deleted the policy of ${whose}.`);
  };
  return (
    <Dialog title={`Delete the policy of ${whose}?`} onClose={onClose}>
      <Form submitLabel="Delete for good" isDanger onSubmit={submit} onCancel={onClose}>
        <p>
          {name === undefined
            ? 'Models are then held to their own policies alone, and those without one to none.'
            : 'The model is then held to the policy of all models alone, if there is one.'}{' '}
          What was in use may then be deleted, too.
        </p>
      </Form>
    </Dialog>
  );
}
