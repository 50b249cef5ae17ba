import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { searchExperiments } from '../../api/experiments.ts';
import { queryKeys } from '../../api/query-keys.ts';
import { createToken, TOKEN_ROLES, type TokenRole } from '../../api/tokens.ts';
import { Button } from '../../ui/button/button.tsx';
import { CodeBlock } from '../../ui/copy/code-block.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { SelectField, TextField } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { NotRead } from '../../ui/states/not-read.tsx';
import { useModelNames } from '../model/use-model-names.ts';
import { BoundList } from './bound-list.tsx';
import styles from './settings.module.css';

const DAY_S = 86_400;
const LIFETIMES = [
  { value: '1', text: '1 day' },
  { value: '7', text: '7 days' },
  { value: '30', text: '30 days' },
  { value: '90', text: '90 days' },
  { value: '366', text: '366 days' },
] as const;

const ROLE_TEXTS: Readonly<Record<TokenRole, string>> = {
  READ: 'READ: look at what you may look at',
  EDIT: 'EDIT: also log and change',
  MANAGE: 'MANAGE: also delete and hand out permissions',
  ADMIN: 'ADMIN: all that an admin may',
};

interface Props {
  readonly isAdmin: boolean;
  readonly onClose: () => void;
}

/** Makes a token, and shows it once. */
export function NewTokenDialog({ isAdmin, onClose }: Props) {
  const [made, setMade] = useState<string>();
  if (made === undefined) return <TokenForm isAdmin={isAdmin} onMade={setMade} onClose={onClose} />;
  return (
    <Dialog title="Your new token" onClose={onClose} isFirm>
      <p>
        <strong>Copy it now: it is not shown again.</strong> Whoever has it may do what it may do.
      </p>
      <CodeBlock what="the token" code={made} />
      <p>Where the program runs:</p>
      <CodeBlock
        what="the settings"
        code={`export MLFLOW_TRACKING_URI=${window.location.origin}\nexport MLFLOW_TRACKING_TOKEN=…`}
      />
      <Button look="primary" onClick={onClose}>
        I have copied it
      </Button>
    </Dialog>
  );
}

interface FormProps extends Props {
  readonly onMade: (token: string) => void;
}

function TokenForm({ isAdmin, onMade, onClose }: FormProps) {
  const client = useQueryClient();
  const experiments = useExperimentNames();
  const [name, setName] = useState('');
  const [role, setRole] = useState<TokenRole>('EDIT');
  const [days, setDays] = useState<(typeof LIFETIMES)[number]['value']>('90');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [chosenModels, setChosenModels] = useState<readonly string[]>([]);
  const models = useModelNames();
  const submit = async () => {
    const experimentIds = chosen.map((each) => experiments.names.get(each) ?? each);
    const bounds = { experimentIds, registeredModels: chosenModels };
    const token = await createToken({ name: name.trim(), role, lifetimeSeconds: Number(days) * DAY_S, ...bounds });
    await client.invalidateQueries({ queryKey: queryKeys.tokens });
    onMade(token);
  };
  const roles = TOKEN_ROLES.filter((each) => each !== 'ADMIN' || isAdmin);
  return (
    <Dialog title="New token" onClose={onClose}>
      <Form submitLabel="Make token" onSubmit={submit} onCancel={onClose}>
        <TextField
          label="Name"
          hint="What it is for, such as the job that uses it."
          autoFocus
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField
          label="It may"
          value={role}
          options={roles.map((value) => ({ value, text: ROLE_TEXTS[value] }))}
          onChange={setRole}
        />
        <SelectField label="It is good for" value={days} options={LIFETIMES} onChange={setDays} />
        <BoundList
          title="Only for these experiments"
          add="Add an experiment"
          names={[...experiments.names.keys()]}
          chosen={chosen}
          onChange={setChosen}
        />
        {experiments.error !== null && (
          <NotRead what="The names of the experiments" error={experiments.error} onRetry={experiments.refetch} />
        )}
        <BoundList
          title="Only for these registered models"
          add="Add a model"
          names={models.names}
          chosen={chosenModels}
          onChange={setChosenModels}
        />
        {models.error !== null && (
          <NotRead what="The names of the models" error={models.error} onRetry={models.refetch} />
        )}
        <p className={styles.quiet}>
          {chosen.length + chosenModels.length === 0
            ? 'With none chosen it is for everything that you may use.'
            : 'It is for what is chosen and nothing else. To load a version it needs the experiment of its files, too.'}
        </p>
      </Form>
    </Dialog>
  );
}

const MOST_NAMES = 1_000;

interface ExperimentNames {
  /** Ids by names; none while they are read. */
  readonly names: ReadonlyMap<string, string>;
  readonly error: Error | null;
  readonly refetch: () => void;
}

function useExperimentNames(): ExperimentNames {
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.experimentNames,
    queryFn: async ({ signal }) => {
      const search = { filter: '', orderBy: ['name ASC'], view: 'ACTIVE_ONLY' } as const;
      const { items } = await searchExperiments(search, { size: MOST_NAMES, token: undefined }, signal);
      return new Map(items.map(({ name, experimentId }) => [name, experimentId]));
    },
  });
  return { names: data ?? NONE, error: data === undefined ? error : null, refetch: () => void refetch() };
}

const NONE: ReadonlyMap<string, string> = new Map();
