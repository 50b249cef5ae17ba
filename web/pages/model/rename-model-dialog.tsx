import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { renameRegisteredModel } from '../../api/registered-models.ts';
import { links } from '../../routes/links.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { TextField } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { undoBy } from '../../ui/toasts/or-tell.ts';
import { tell } from '../../ui/toasts/toast-store.ts';
import { forgetModel } from './version-actions.ts';

interface Props {
  readonly name: string;
  readonly onClose: () => void;
}

/** Asks for another name of a registered model, and goes where it is then. */
export function RenameModelDialog({ name: oldName, onClose }: Props) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [name, setName] = useState(oldName);
  const rename = async (from: string, to: string) => {
    await renameRegisteredModel(from, to);
    navigate(links.model(to), { replace: true });
    await forgetModel(client, from);
  };
  const submit = async () => {
    const newName = name.trim();
    await rename(oldName, newName);
    onClose();
    tell(
      `“${oldName}” is now “${newName}”.`,
      undoBy(() => rename(newName, oldName)),
    );
  };
  return (
    <Dialog title={`Rename “${oldName}”`} onClose={onClose}>
      <Form submitLabel="Rename" onSubmit={submit} onCancel={onClose}>
        <TextField
          label="New name"
          hint="Code that loads it by its old name stops working."
          autoFocus
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Form>
    </Dialog>
  );
}
