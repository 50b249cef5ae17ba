import { useQueryClient } from '@tanstack/react-query';
import { queryKeys } from '../../api/query-keys.ts';
import { revokeToken, type Token } from '../../api/tokens.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Form } from '../../ui/form/form.tsx';
import { formatExact } from '../../ui/format/time.ts';
import { tell } from '../../ui/toasts/toast-store.ts';

interface Props {
  readonly token: Token;
  readonly onClose: () => void;
}

/** Asks before a token ends, with its name. */
export function RevokeTokenDialog({ token: { tokenId, name, lastUsedTime }, onClose }: Props) {
  const client = useQueryClient();
  const submit = async () => {
    await revokeToken(tokenId);
    await client.invalidateQueries({ queryKey: queryKeys.tokens });
    onClose();
    tell(`Revoked the token “${name}”.`);
  };
  return (
    <Dialog title={`Revoke “${name}”?`} onClose={onClose}>
      <Form submitLabel="Revoke for good" isDanger onSubmit={submit} onCancel={onClose}>
        <p>
          What signs in with it is refused from now on. This cannot be undone.{' '}
          {lastUsedTime === undefined ? 'Nobody has used it.' : `It was last used about ${formatExact(lastUsedTime)}.`}
        </p>
      </Form>
    </Dialog>
  );
}
