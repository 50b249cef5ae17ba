import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RegisteredModel } from '../../api/registered-models.ts';
import { IconButton } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { TextField } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { NotRead } from '../../ui/states/not-read.tsx';
import { GateReasons } from '../promotion/gate-reasons.tsx';
import { gatedAliases } from '../promotion/target-text.ts';
import { usePolicies } from '../promotion/use-promotion.ts';
import styles from './model.module.css';
import { moveAlias, removeAlias } from './version-actions.ts';

interface Props {
  readonly model: RegisteredModel;
  readonly version: string;
  readonly onClose: () => void;
}

/** The aliases of a version: set, moved here from another version, removed. */
export function AliasDialog({ model, version, onClose }: Props) {
  const client = useQueryClient();
  const [alias, setAliasText] = useState('');
  const wanted = alias.trim().replace(/^@/, '');
  const holder = model.aliases.get(wanted);
  const { data: policies, error, refetch } = usePolicies(model.name);
  const gated = gatedAliases(policies);
  const here = [...model.aliases].filter(([, number]) => number === version);
  const submit = async () => {
    await moveAlias(client, model.name, wanted, version);
    onClose();
  };
  return (
    <Dialog title={`Aliases of version ${version}`} onClose={onClose}>
      {here.length > 0 && (
        <ul className={styles.removable}>
          {here.map(([name]) => (
            <li key={name}>
              <code>@{name}</code>
              <IconButton
                icon="trash"
                label={`Remove @${name}`}
                onClick={() => void removeAlias(client, model.name, name, version)}
              />
            </li>
          ))}
        </ul>
      )}
      <Form submitLabel="Set alias" onSubmit={submit} onCancel={onClose}>
        <TextField
          label="Alias"
          hint={
            holder !== undefined && holder !== version
              ? `It stands for version ${holder} now, and moves here.`
              : 'Such as champion. Code that loads it follows it.'
          }
          autoFocus
          required
          value={alias}
          onChange={(event) => setAliasText(event.target.value)}
        />
        {policies === undefined && error !== null && (
          <NotRead what="Which aliases have a gate" error={error} onRetry={() => void refetch()} />
        )}
        {gated.includes(wanted) && (
          <GateReasons
            name={model.name}
            version={version}
            target={{ kind: 'alias', alias: wanted }}
            onLeave={onClose}
          />
        )}
      </Form>
    </Dialog>
  );
}
