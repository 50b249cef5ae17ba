import { useState } from 'react';
import { PERMISSIONS, type Permission, RESOURCE_TYPES, WHOLE_TYPES } from '../../api/users.ts';
import { SelectField, TextField } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { typeText } from './permission-text.ts';
import styles from './settings.module.css';

interface Props {
  readonly onGrant: (permission: Permission) => Promise<void>;
  readonly onClose: () => void;
}

/** A permission to be given, in MLflow's terms. */
export function PermissionForm({ onGrant, onClose }: Props) {
  const [resourceType, setType] = useState<(typeof RESOURCE_TYPES)[number]>('experiment');
  const [pattern, setPattern] = useState('');
  const [permission, setPermission] = useState<(typeof PERMISSIONS)[number]>('READ');
  const isWhole = WHOLE_TYPES.includes(resourceType);
  const submit = async () => {
    await onGrant({ resourceType, resourcePattern: isWhole ? '*' : pattern.trim(), permission });
    setPattern('');
  };
  return (
    <Form submitLabel="Give" cancelLabel="Close" onSubmit={submit} onCancel={onClose}>
      <div className={styles.line}>
        <SelectField
          label="Level"
          value={permission}
          options={PERMISSIONS.map((value) => ({ value, text: value }))}
          onChange={setPermission}
        />
        <SelectField
          label="On"
          value={resourceType}
          options={RESOURCE_TYPES.map((value) => ({ value, text: typeText(value) }))}
          onChange={setType}
        />
      </div>
      {!isWhole && (
        <TextField
          label={resourceType === 'experiment' ? 'Experiment id' : 'Name'}
          hint="Or * for every one."
          required
          value={pattern}
          onChange={(event) => setPattern(event.target.value)}
        />
      )}
    </Form>
  );
}
