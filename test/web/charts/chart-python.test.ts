import { expect, test } from 'vitest';
import { chartPython } from '../../../web/charts/chart-python.ts';

test('charts as Python name the runs and the metrics as texts that Python reads', () => {
  const text = chartPython('http://127.0.0.1:5000', { runIds: ['a'], keys: ['loss', 'say "é"'] });
  expect(text).toContain('mlflow.set_tracking_uri("http://127.0.0.1:5000")');
  expect(text).toContain('run_ids = [\n    "a",\n]');
  expect(text).toContain('keys = [\n    "loss",\n    "say \\"é\\"",\n]');
  expect(text).toContain('client.get_metric_history(run_id, key)');
});
