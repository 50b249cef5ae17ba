/** A text as Python writes it. JSON's escapes are Python's, too. */
const python = (text: string): string => JSON.stringify(text);

/** The lines of Python that download a file or folder of a run; the empty path is all of them. */
export function artifactSnippet(address: string, runId: string, path: string): string {
  const place = path === '' ? '' : `, artifact_path=${python(path)}`;
  return [
    'import mlflow',
    '',
    `mlflow.set_tracking_uri(${python(address)})`,
    `path = mlflow.artifacts.download_artifacts(run_id=${python(runId)}${place})`,
    '',
  ].join('\n');
}
