import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { queryKeys } from '../../api/query-keys.ts';
import { deleteRunTag, type Run, renameRun, setRunTag } from '../../api/runs.ts';
import type { Command } from '../../ui/commands/command.ts';
import { CommandButton } from '../../ui/commands/command-button.tsx';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { TextField } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { TagsDialog } from '../../ui/tags/tags-dialog.tsx';
import { undoBy } from '../../ui/toasts/or-tell.ts';
import { tell } from '../../ui/toasts/toast-store.ts';
import { RegisterDialog } from '../model/register-dialog.tsx';
import { recoverRuns, trashRuns } from '../runs/run-actions.ts';

/** What a person can do with a run. */
export function RunActions({ run }: { readonly run: Run }) {
  const client = useQueryClient();
  const [open, setOpen] = useState<'rename' | 'tags' | 'register'>();
  const { runId, stage } = run;
  const commands = useMemo((): readonly Command[] => {
    const inTrash = stage === 'deleted' ? 'Restore it first' : undefined;
    return [
      {
        id: 'rename',
        title: 'Rename',
        icon: 'edit',
        shortcut: 'r',
        disabledReason: inTrash,
        run: () => setOpen('rename'),
      },
      { id: 'tags', title: 'Tags', icon: 'tag', shortcut: 't', disabledReason: inTrash, run: () => setOpen('tags') },
      {
        id: 'register',
        title: 'Register model',
        icon: 'archive',
        shortcut: 'm',
        disabledReason: inTrash,
        run: () => setOpen('register'),
      },
      stage === 'deleted'
        ? { id: 'restore', title: 'Restore', icon: 'restore', run: () => void recoverRuns(client, [runId]) }
        : { id: 'delete', title: 'Delete', icon: 'trash', isDanger: true, run: () => void trashRuns(client, [runId]) },
    ];
  }, [client, runId, stage]);
  useCommands('Run', commands);
  const close = () => setOpen(undefined);
  const refresh = () => client.invalidateQueries({ queryKey: queryKeys.runs });
  const set = async (key: string, value: string) => {
    await setRunTag(runId, key, value);
    await refresh();
  };
  const remove = async (key: string) => {
    await deleteRunTag(runId, key);
    await refresh();
  };
  return (
    <>
      {commands.map((command) => (
        <CommandButton key={command.id} command={command} look="quiet" />
      ))}
      {open === 'register' && <RegisterDialog run={run} onClose={close} />}
      {open === 'rename' && <RenameDialog run={run} onClose={close} onDone={refresh} />}
      {open === 'tags' && (
        <TagsDialog title={`Tags of ${run.runName}`} tags={run.tags} onSet={set} onRemove={remove} onClose={close} />
      )}
    </>
  );
}

interface RenameProps {
  readonly run: Run;
  readonly onClose: () => void;
  readonly onDone: () => Promise<void>;
}

function RenameDialog({ run: { runId, runName }, onClose, onDone }: RenameProps) {
  const [name, setName] = useState(runName);
  const rename = async (to: string) => {
    await renameRun(runId, to);
    await onDone();
  };
  const submit = async () => {
    await rename(name.trim());
    onClose();
    tell(
      `“${runName}” is now “${name.trim()}”.`,
      undoBy(() => rename(runName)),
    );
  };
  return (
    <Dialog title={`Rename “${runName}”`} onClose={onClose}>
      <Form submitLabel="Rename" onSubmit={submit} onCancel={onClose}>
        <TextField label="New name" autoFocus required value={name} onChange={(event) => setName(event.target.value)} />
      </Form>
    </Dialog>
  );
}
