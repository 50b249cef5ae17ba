import { useQueryClient } from '@tanstack/react-query';
import {
  deleteModelVersion,
  deleteRegisteredModel,
  type ModelVersion,
  type RegisteredModel,
} from '../../api/registered-models.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Form } from '../../ui/form/form.tsx';
import { tell } from '../../ui/toasts/toast-store.ts';
import { useVersions } from './use-model.ts';
import { forgetModel } from './version-actions.ts';

interface ModelProps {
  readonly model: RegisteredModel;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Asks before a model goes for good, with the names of what goes with it. */
export function DeleteModelDialog({ model: { name, aliases }, onClose, onDeleted }: ModelProps) {
  const client = useQueryClient();
  const { versions, hasNextPage } = useVersions(name);
  const submit = async () => {
    await deleteRegisteredModel(name);
    onClose();
    onDeleted();
    await forgetModel(client, name);
    tell(`Deleted the model “${name}”.`);
  };
  return (
    <Dialog title={`Delete “${name}”?`} onClose={onClose}>
      <Form submitLabel="Delete for good" isDanger onSubmit={submit} onCancel={onClose}>
        <p>This cannot be undone. What goes:</p>
        <ul>
          <li>
            {versions === undefined
              ? 'its versions'
              : versionsText(
                  versions.map(({ version }) => version),
                  hasNextPage,
                )}
          </li>
          {aliases.size > 0 && <li>the aliases {[...aliases.keys()].map((alias) => `@${alias}`).join(', ')}</li>}
          <li>its description and tags</li>
        </ul>
        <p>The runs it was made from, and their files, stay.</p>
      </Form>
    </Dialog>
  );
}

const MOST_NAMED = 12;

function versionsText(numbers: readonly string[], hasMore: boolean): string {
  if (numbers.length === 0) return 'no version: it has none';
  if (numbers.length === 1) return `version ${numbers[0]}`;
  const named = numbers.slice(0, MOST_NAMED).join(', ');
  const rest = numbers.length > MOST_NAMED || hasMore ? ' and all before them' : '';
  return `versions ${named}${rest}`;
}

interface VersionProps {
  readonly version: ModelVersion;
  readonly model: RegisteredModel;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Asks before a version goes for good, with the names of what goes with it. */
export function DeleteVersionDialog({ version, model, onClose, onDeleted }: VersionProps) {
  const client = useQueryClient();
  const { name, version: number, stage } = version;
  const aliases = [...model.aliases].filter(([, each]) => each === number).map(([alias]) => `@${alias}`);
  const submit = async () => {
    await deleteModelVersion(name, number);
    onClose();
    onDeleted();
    await forgetModel(client, name, number);
    tell(`Deleted version ${number} of “${name}”.`);
  };
  return (
    <Dialog title={`Delete version ${number}?`} onClose={onClose}>
      <Form submitLabel="Delete for good" isDanger onSubmit={submit} onCancel={onClose}>
        <p>
          Version {number} of “{name}” goes, with its description and tags. This cannot be undone.
        </p>
        {stage !== 'None' && stage !== 'Archived' && (
          <p>
            <strong>It is in {stage}:</strong> code that loads the newest there gets another version, or none.
          </p>
        )}
        {aliases.length > 0 && (
          <p>
            <strong>{aliases.join(', ')}</strong> {aliases.length === 1 ? 'stands' : 'stand'} for it: code that loads by{' '}
            {aliases.length === 1 ? 'it' : 'them'} stops working.
          </p>
        )}
      </Form>
    </Dialog>
  );
}
