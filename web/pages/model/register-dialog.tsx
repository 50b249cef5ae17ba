import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useLocation } from 'wouter';
import { listArtifacts } from '../../api/artifacts.ts';
import { createModelVersion, ensureRegisteredModel } from '../../api/registered-models.ts';
import type { Run } from '../../api/runs.ts';
import { links } from '../../routes/links.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { TextField } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { NotRead } from '../../ui/states/not-read.tsx';
import { tell } from '../../ui/toasts/toast-store.ts';
import styles from './model.module.css';
import { folderAsVersion, registrables } from './registrable.ts';
import { useLoggedModels } from './use-logged-models.ts';
import { useModelNames } from './use-model-names.ts';
import { refreshModels } from './version-actions.ts';

interface Props {
  readonly run: Run;
  /** A folder or the id of a logged model that was chosen before. */
  readonly chosenFolder?: string;
  readonly chosenModelId?: string;
  readonly onClose: () => void;
}

/** Makes a version of a registered model, new or old, from what a run made. */
export function RegisterDialog({ run, chosenFolder, chosenModelId, onClose }: Props) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const { names, error, refetch } = useModelNames();
  const logged = useLoggedModels(run.modelOutputs.map(({ modelId }) => modelId));
  const options = registrables(run, logged.models, chosenFolder);
  const listId = useId();
  const [chosenId, setChosenId] = useState<string | undefined>(chosenModelId);
  const [folder, setFolder] = useState('model');
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const wanted = name.trim();
  const chosen = options.find(({ id }) => id === chosenId) ?? options[0] ?? folderAsVersion(run, folder.trim());
  const submit = async () => {
    if (chosen.folder !== undefined) await checkIsModel(run.runId, chosen.folder);
    if (!names.includes(wanted)) await ensureRegisteredModel(wanted);
    const version = await createModelVersion(wanted, { ...chosen.version, description });
    await refreshModels(client);
    onClose();
    const open = () => navigate(links.modelVersion(wanted, version));
    tell(`Registered version ${version} of “${wanted}”.`, { label: 'Open', run: open });
  };
  return (
    <Dialog title="Register a model" onClose={onClose}>
      <Form submitLabel="Register" onSubmit={submit} onCancel={onClose}>
        {logged.error !== null && <NotRead what="A logged model" error={logged.error} onRetry={logged.refetch} />}
        {options.length === 0 && (
          <TextField
            label="Folder of the model"
            hint="The folder among the run’s artifacts that holds MLmodel."
            required
            value={folder}
            onChange={(event) => setFolder(event.target.value)}
          />
        )}
        {options.length > 0 && (
          <fieldset className={styles.choices}>
            <legend>What becomes a version</legend>
            {options.map(({ id, title }) => (
              <label key={id} className={styles.choice}>
                <input type="radio" name="what" checked={id === chosen.id} onChange={() => setChosenId(id)} />
                {title}
              </label>
            ))}
          </fieldset>
        )}
        <TextField
          label="Registered model"
          hint={hintFor(wanted, names)}
          list={listId}
          autoFocus
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <datalist id={listId}>
          {names.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
        {error !== null && <NotRead what="The names of the models" error={error} onRetry={refetch} />}
        <TextField
          label="Description of the version"
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
      </Form>
    </Dialog>
  );
}

/** The server takes any source; a version that nobody can load should not come from here. */
async function checkIsModel(runId: string, folder: string): Promise<void> {
  const files = await listArtifacts(runId, folder);
  if (files.some(({ path }) => path === `${folder}/MLmodel`)) return;
  throw new Error(`There is no MLmodel in the folder “${folder}” of this run.`);
}

function hintFor(wanted: string, names: readonly string[]): string {
  if (wanted === '') return 'One that is there gets another version; a new name makes a new model.';
  return names.includes(wanted)
    ? `Adds a version to “${wanted}”.`
    : `Makes the model “${wanted}” with its first version.`;
}
