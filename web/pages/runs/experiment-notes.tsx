import { useQueryClient } from '@tanstack/react-query';
import { sentenceOf } from '../../api/api-error.ts';
import { type Experiment, NOTE_TAG } from '../../api/experiments.ts';
import { queryKeys } from '../../api/query-keys.ts';
import { Button } from '../../ui/button/button.tsx';
import { Markdown } from '../../ui/markdown/markdown.tsx';
import { recoverExperiments } from '../experiments/experiment-actions.ts';
import styles from './runs.module.css';
import type { MissingExperiment } from './use-experiments-of.ts';

interface Props {
  readonly experiments: readonly Experiment[];
  readonly missing: readonly MissingExperiment[];
}

/** What is to be known of the experiments before their runs: which are gone or in the trash, and the note of one alone. */
export function ExperimentNotes({ experiments, missing }: Props) {
  const client = useQueryClient();
  const restore = async (experiment: Experiment) => {
    await recoverExperiments(client, [experiment]);
    await client.invalidateQueries({ queryKey: queryKeys.runs });
  };
  const [only] = experiments.length + missing.length === 1 ? experiments : [];
  const note = only?.tags.get(NOTE_TAG);
  return (
    <>
      {missing.map(({ experimentId, error }) => (
        <p key={experimentId} className={styles.warning} role="status">
          Of experiment {experimentId} nothing is shown: {sentenceOf(error)}
        </p>
      ))}
      {experiments
        .filter(({ stage }) => stage === 'deleted')
        .map((experiment) => (
          <p key={experiment.experimentId} className={styles.warning} role="status">
            “{experiment.name}” is in the trash.
            <Button icon="restore" onClick={() => void restore(experiment)}>
              Restore the experiment
            </Button>
          </p>
        ))}
      {note !== undefined && note.trim() !== '' && (
        <details className={styles.note}>
          <summary>Note</summary>
          <Markdown text={note} />
        </details>
      )}
    </>
  );
}
