import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { createExperiment, type Experiment, renameExperiment } from '../../api/experiments.ts';
import { queryKeys } from '../../api/query-keys.ts';
import { links } from '../../routes/links.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { TextField } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { undoBy } from '../../ui/toasts/or-tell.ts';
import { tell } from '../../ui/toasts/toast-store.ts';

/** Asks for the name of a new experiment, makes it and goes there. */
export function CreateDialog({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [name, setName] = useState('');
  const create = async () => {
    const experimentId = await createExperiment(name.trim());
    await client.invalidateQueries({ queryKey: queryKeys.experiments });
    onClose();
    navigate(links.runs([experimentId]));
  };
  return (
    <Dialog title="New experiment" onClose={onClose}>
      <Form submitLabel="Create" onSubmit={create} onCancel={onClose}>
        <TextField label="Name" autoFocus required value={name} onChange={(event) => setName(event.target.value)} />
      </Form>
    </Dialog>
  );
}

interface RenameProps {
  readonly experiment: Experiment;
  readonly onClose: () => void;
}

/** Asks for another name of an experiment. */
export function RenameDialog({ experiment: { experimentId, name: oldName }, onClose }: RenameProps) {
  const client = useQueryClient();
  const [name, setName] = useState(oldName);
  const rename = async (to: string) => {
    await renameExperiment(experimentId, to);
    await client.invalidateQueries({ queryKey: queryKeys.experiments });
  };
  const submit = async () => {
    const newName = name.trim();
    await rename(newName);
    onClose();
    tell(
      `“${oldName}” is now “${newName}”.`,
      undoBy(() => rename(oldName)),
    );
  };
  return (
    <Dialog title={`Rename “${oldName}”`} onClose={onClose}>
      <Form submitLabel="Rename" onSubmit={submit} onCancel={onClose}>
        <TextField label="New name" autoFocus required value={name} onChange={(event) => setName(event.target.value)} />
      </Form>
    </Dialog>
  );
}
