import { Link } from 'wouter';
import type { ModelVersion } from '../../../api/registered-models.ts';
import type { DatasetInput, Run } from '../../../api/runs.ts';
import { links } from '../../../routes/links.ts';
import { Nothing, Section } from '../../../ui/page/section.tsx';
import { NotRead } from '../../../ui/states/not-read.tsx';
import { AliasList } from '../../model/alias-list.tsx';
import { StageText } from '../../model/stage-text.tsx';
import { useLoggedModels } from '../../model/use-logged-models.ts';
import styles from './overview.module.css';
import { useVersionsOfRun } from './use-versions-of-run.ts';

interface Props {
  readonly run: Run;
}

/** So many are named at a glance; the tab of inputs and outputs has all. */
const MOST_NAMED = 10;

/** The data and the models that a run used, the models it made, and what was registered of them; nothing for what there is none of. */
export function UsedAndMade({ run }: Props) {
  return (
    <>
      {run.datasets.length > 0 && <Datasets run={run} />}
      {run.modelInputs.length + run.modelOutputs.length > 0 && <LoggedModels run={run} />}
      <Versions run={run} />
    </>
  );
}

function Datasets({ run: { runId, datasets } }: Props) {
  return (
    <Section title="Datasets">
      <ul className={styles.things} aria-label="Datasets">
        {datasets.slice(0, MOST_NAMED).map((dataset) => (
          <li key={`${dataset.name} ${dataset.digest}`}>
            <Link href={links.run(runId, 'datasets')}>{dataset.name}</Link>
            <code>{dataset.digest}</code>
            <span className={styles.aside}>{contextOf(dataset)}</span>
          </li>
        ))}
      </ul>
      <Rest runId={runId} count={datasets.length} />
    </Section>
  );
}

/** What the data was for, as `mlflow.log_input` was told (MLflow: mlflow_tags.py, MLFLOW_DATASET_CONTEXT). */
const contextOf = ({ tags }: DatasetInput): string | undefined => tags.get('mlflow.data.context');

function LoggedModels({ run: { runId, modelInputs, modelOutputs } }: Props) {
  const made = [...new Map(modelOutputs.map((output) => [output.modelId, output])).values()];
  const used = [...new Set(modelInputs)];
  const namedMade = made.slice(0, MOST_NAMED);
  const namedUsed = used.slice(0, MOST_NAMED);
  const { models, error, refetch } = useLoggedModels([...namedMade.map(({ modelId }) => modelId), ...namedUsed]);
  const byId = new Map(models.map((model) => [model.modelId, model]));
  const nameOf = (modelId: string): string => byId.get(modelId)?.name || modelId;
  return (
    <Section title="Logged models">
      <ul className={styles.things} aria-label="Logged models">
        {namedMade.map(({ modelId, step }) => (
          <li key={`made ${modelId}`}>
            <Link href={links.run(runId, 'datasets')}>{nameOf(modelId)}</Link>
            <code>{modelId}</code>
            <span className={styles.aside}>made at step {step.toLocaleString('en-US')}</span>
          </li>
        ))}
        {namedUsed.map((modelId) => (
          <li key={`used ${modelId}`}>
            <Link href={links.run(byId.get(modelId)?.sourceRunId || runId, 'datasets')}>{nameOf(modelId)}</Link>
            <code>{modelId}</code>
            <span className={styles.aside}>used</span>
          </li>
        ))}
      </ul>
      <Rest runId={runId} count={Math.max(made.length, used.length)} />
      {error !== null && <NotRead what="The name of a model" error={error} onRetry={refetch} />}
    </Section>
  );
}

function Rest({ runId, count }: { readonly runId: string; readonly count: number }) {
  if (count <= MOST_NAMED) return null;
  return <Link href={links.run(runId, 'datasets')}>Show all</Link>;
}

function Versions({ run: { runId, status } }: Props) {
  const { versions, hasMore, aliases, error, refetch } = useVersionsOfRun(runId, status === 'RUNNING');
  const isShown = error !== null || (versions !== undefined && versions.length > 0);
  if (!isShown) return null;
  return (
    <Section title="Registered versions">
      {versions !== undefined && versions.length > 0 && (
        <ul className={styles.things} aria-label="Registered versions">
          {versions.map((version) => (
            <li key={`${version.version} ${version.name}`}>
              <Link href={links.modelVersion(version.name, version.version)}>
                {version.name} version {version.version}
              </Link>
              <StageText stage={version.stage} />
              <AliasList aliases={aliasesOf(version, aliases)} />
            </li>
          ))}
        </ul>
      )}
      {hasMore && <Nothing>There are more than these.</Nothing>}
      {error !== null && <NotRead what="What was registered of this run" error={error} onRetry={refetch} />}
    </Section>
  );
}

const aliasesOf = (
  { name, version }: ModelVersion,
  aliases: ReadonlyMap<string, ReadonlyMap<string, string>>,
): readonly { readonly alias: string }[] =>
  [...(aliases.get(name) ?? [])].filter(([, each]) => each === version).map(([alias]) => ({ alias }));
