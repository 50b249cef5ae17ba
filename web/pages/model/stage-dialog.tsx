import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { MODEL_STAGES, type ModelStage, type ModelVersion } from '../../api/registered-models.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Form } from '../../ui/form/form.tsx';
import { GateReasons } from '../promotion/gate-reasons.tsx';
import styles from './model.module.css';
import { useVersions } from './use-model.ts';
import { moveToStage } from './version-actions.ts';

interface Props {
  readonly version: ModelVersion;
  readonly onClose: () => void;
}

/** Asks for the stage that a version moves to, and whether those that are there are archived. */
export function StageDialog({ version, onClose }: Props) {
  const client = useQueryClient();
  const { versions } = useVersions(version.name);
  const [stage, setStage] = useState<ModelStage>(version.stage);
  const [archives, setArchives] = useState(true);
  const others = (versions ?? [])
    .filter((other) => other.stage === stage && other.version !== version.version)
    .map((other) => other.version);
  const canArchive = stage === 'Staging' || stage === 'Production';
  const submit = async () => {
    await moveToStage(client, version, { stage, archivesOthers: canArchive && archives, others });
    onClose();
  };
  return (
    <Dialog title={`Stage of version ${version.version}`} onClose={onClose}>
      <Form submitLabel="Move" onSubmit={submit} onCancel={onClose}>
        <fieldset className={styles.choices}>
          <legend>Move to</legend>
          {MODEL_STAGES.map((each) => (
            <label key={each} className={styles.choice}>
              <input type="radio" name="stage" value={each} checked={stage === each} onChange={() => setStage(each)} />
              {each}
            </label>
          ))}
        </fieldset>
        {canArchive && (
          <label className={styles.choice}>
            <input type="checkbox" checked={archives} onChange={(event) => setArchives(event.target.checked)} />
            Archive the others in {stage}
          </label>
        )}
        {canArchive && archives && others.length > 0 && (
          <p>{others.length === 1 ? `Version ${others[0]} goes` : `Versions ${others.join(', ')} go`} to Archived.</p>
        )}
        {(stage === 'Staging' || stage === 'Production') && stage !== version.stage && (
          <GateReasons
            name={version.name}
            version={version.version}
            target={{ kind: 'stage', stage }}
            onLeave={onClose}
          />
        )}
      </Form>
    </Dialog>
  );
}
