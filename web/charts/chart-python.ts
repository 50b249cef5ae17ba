import { python, pythonHead, pythonText } from '../ui/copy/python-text.ts';
import type { Range } from './maths/line.ts';
import type { XAxis } from './maths/x-axis.ts';

interface Charted {
  readonly runIds: readonly string[];
  readonly keys: readonly string[];
  readonly axis: XAxis;
  readonly zoom: Range | undefined;
}

/** The lines of Python that give the points of charts as a table, from the server at an address: all points, not a sample. */
export function chartPython(address: string, { runIds, keys, axis, zoom }: Charted): string {
  const listOf = (texts: readonly string[]) => [...texts.map((text) => `    ${python(text)},`), ']'];
  const read = axis.kind === 'metric' && !keys.includes(axis.key) ? [...keys, axis.key] : keys;
  return pythonText([
    ...pythonHead(address, 'pandas'),
    'client = mlflow.MlflowClient()',
    'run_ids = [',
    ...listOf(runIds),
    'keys = [',
    ...listOf(read),
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
    ...alongLines(axis),
    ...(zoom === undefined ? [] : [`points = points[points["x"].between(${zoom.from}, ${zoom.to})]`]),
  ]);
}

/** What runs along the charts, as a column. */
function alongLines(axis: XAxis): readonly string[] {
  switch (axis.kind) {
    case 'step':
      return ['points["x"] = points["step"]'];
    case 'wall':
      return ['points["x"] = points["timestamp"]'];
    case 'relative':
      return ['points["x"] = points["timestamp"] - points.groupby(["run_id", "key"])["timestamp"].transform("min")'];
    case 'metric':
      return [
        `along = points[points["key"] == ${python(axis.key)}].groupby(["run_id", "step"])["value"].last()`,
        'points = points.join(along.rename("x"), on=["run_id", "step"])',
      ];
    default: {
      const never: never = axis;
      return never;
    }
  }
}
