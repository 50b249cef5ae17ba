import { CodeBlock } from '../../ui/copy/code-block.tsx';
import { Empty } from '../../ui/states/states.tsx';

/** What somebody without a run needs: the lines of Python to paste, with this server's address. */
export function FirstSteps() {
  const address = window.location.origin;
  return (
    <Empty title="Log your first run">
      <p>Paste these lines before the code that trains. The MLflow client you have will do, 2.x or 3.x.</p>
      <CodeBlock
        what="the lines of Python"
        code={`import mlflow\nmlflow.set_tracking_uri("${address}")\nmlflow.autolog()`}
      />
      <p>Or change nothing in the code, and set the address where it runs:</p>
      <CodeBlock what="the setting" code={`export MLFLOW_TRACKING_URI=${address}`} />
      <p>The run shows here as soon as it begins.</p>
    </Empty>
  );
}
