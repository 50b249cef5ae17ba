import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { queryKeys } from '../../api/query-keys.ts';
import { createRegisteredModel } from '../../api/registered-models.ts';
import { links } from '../../routes/links.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { TextArea, TextField } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';

/** Asks for the name of a new registered model, makes it and goes there. */
export function CreateModelDialog({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const create = async () => {
    await createRegisteredModel(name.trim(), description);
    await client.invalidateQueries({ queryKey: queryKeys.registeredModels });
    onClose();
    navigate(links.model(name.trim()));
  };
  return (
    <Dialog title="New registered model" onClose={onClose}>
      <Form submitLabel="Create" onSubmit={create} onCancel={onClose}>
        <TextField
          label="Name"
          hint="Versions are added from the page of a run, or from Python."
          autoFocus
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextArea
          label="Description, in Markdown"
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
      </Form>
    </Dialog>
  );
}
