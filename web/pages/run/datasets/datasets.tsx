import { useState } from 'react';
import type { DatasetInput } from '../../../api/runs.ts';
import { Button } from '../../../ui/button/button.tsx';
import { CodeBlock } from '../../../ui/copy/code-block.tsx';
import { Nothing, Section } from '../../../ui/page/section.tsx';
import { Empty } from '../../../ui/states/states.tsx';
import { RegisterDialog } from '../../model/register-dialog.tsx';
import type { TabProps } from '../tabs.tsx';
import styles from './datasets.module.css';

/** What the run used and made: datasets and logged models. */
export function Datasets({ run }: TabProps) {
  const { datasets, modelInputs, modelOutputs } = run;
  const [registered, setRegistered] = useState<string>();
  if (datasets.length + modelInputs.length + modelOutputs.length === 0) {
    return (
      <Empty title="This run names no inputs and outputs">
        <p>Log the data it trains on, and the model it makes shows here, too:</p>
        <CodeBlock
          what="the line of Python"
          code={'mlflow.log_input(mlflow.data.from_pandas(frame), context="training")'}
        />
      </Empty>
    );
  }
  return (
    <div className={styles.parts}>
      <Section title="Datasets">
        {datasets.length === 0 && <Nothing>None</Nothing>}
        {datasets.map((dataset) => (
          <Dataset key={`${dataset.name} ${dataset.digest}`} dataset={dataset} />
        ))}
      </Section>
      <ModelList title="Models used" modelIds={modelInputs} />
      <ModelList
        title="Models made"
        modelIds={[...new Set(modelOutputs.map(({ modelId }) => modelId))]}
        onRegister={run.stage === 'deleted' ? undefined : setRegistered}
      />
      {registered !== undefined && (
        <RegisterDialog run={run} chosenModelId={registered} onClose={() => setRegistered(undefined)} />
      )}
    </div>
  );
}

function Dataset({ dataset: { name, digest, sourceType, source, schema, tags } }: { readonly dataset: DatasetInput }) {
  return (
    <details className={styles.dataset}>
      <summary>
        <strong>{name}</strong> <code>{digest}</code> {[...tags.values()].join(', ')}
      </summary>
      <p>
        Source: {sourceType} <code>{source}</code>
      </p>
      {schema !== '' && <CodeBlock what="the schema" code={indented(schema)} />}
    </details>
  );
}

/** A schema is most often JSON in one line; what is none stays as it is. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

interface ModelListProps {
  readonly title: string;
  readonly modelIds: readonly string[];
  /** Makes a version of one; undefined where that is not offered. */
  readonly onRegister?: ((modelId: string) => void) | undefined;
}

function ModelList({ title, modelIds, onRegister }: ModelListProps) {
  return (
    <Section title={title}>
      {modelIds.length === 0 && <Nothing>None</Nothing>}
      <ul className={styles.models}>
        {modelIds.map((modelId) => (
          <li key={modelId}>
            <code>{modelId}</code>
            {onRegister && (
              <Button
                look="quiet"
                icon="archive"
                aria-label={`Register ${modelId}`}
                onClick={() => onRegister(modelId)}
              >
                Register
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
