/** A text as Python writes it. JSON's escapes are Python's, too. */
const python = (text: string): string => JSON.stringify(text);

interface Charted {
  readonly runIds: readonly string[];
  readonly keys: readonly string[];
}

/** The lines of Python that give the points of charts as a table, from the server at an address: all points, not a sample. */
export function chartPython(address: string, { runIds, keys }: Charted): string {
  const listOf = (texts: readonly string[]) => [...texts.map((text) => `    ${python(text)},`), ']'];
  return [
    'import mlflow',
    'import pandas',
    '',
    `mlflow.set_tracking_uri(${python(address)})`,
    'client = mlflow.MlflowClient()',
    'run_ids = [',
    ...listOf(runIds),
    'keys = [',
    ...listOf(keys),
    'points = pandas.DataFrame(',
    '    {',
    '        "run_id": run_id,',
    '        "key": key,',
    '        "step": point.step,',
    '        "timestamp": point.timestamp,',
    '        "value": point.value,',
    '    }',
    '    for run_id in run_ids',
    '    for key in keys',
    '    for point in client.get_metric_history(run_id, key)',
    ')',
    '',
  ].join('\n');
}
