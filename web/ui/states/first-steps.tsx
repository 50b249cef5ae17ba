import { CodeBlock } from '../copy/code-block.tsx';
import { Empty } from './states.tsx';

interface Props {
  /** The experiment that the run will be of; MLflow's default one when absent. */
  readonly experimentName?: string;
}

/** What somebody without a run needs: the lines of Python to paste, with this server's address. */
export function FirstSteps({ experimentName }: Props) {
  const address = window.location.origin;
  return (
    <Empty title="Log your first run">
      <p>Paste these lines before the code that trains. The MLflow client you have will do, 2.x or 3.x.</p>
      <CodeBlock what="the lines of Python" code={pythonOf(address, experimentName)} />
      <p>Or change nothing in the code, and set the address where it runs:</p>
      <CodeBlock what="the setting" code={settingsOf(address, experimentName)} />
      <p>The run shows here as soon as it begins.</p>
    </Empty>
  );
}

const pythonOf = (address: string, experimentName: string | undefined): string =>
  [
    'import mlflow',
    `mlflow.set_tracking_uri("${address}")`,
    // JSON's escapes are Python's, too.
    ...(experimentName === undefined ? [] : [`mlflow.set_experiment(${JSON.stringify(experimentName)})`]),
    'mlflow.autolog()',
  ].join('\n');

const settingsOf = (address: string, experimentName: string | undefined): string =>
  [
    `export MLFLOW_TRACKING_URI=${address}`,
    ...(experimentName === undefined ? [] : [`export MLFLOW_EXPERIMENT_NAME=${shellText(experimentName)}`]),
  ].join('\n');

/** A text as a shell takes it word for word. */
const shellText = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
