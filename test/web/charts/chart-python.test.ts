import { expect, test } from 'vitest';
import { chartPython } from '../../../web/charts/chart-python.ts';
import { linesCsv } from '../../../web/charts/maths/lines-csv.ts';
import { line } from './lines.ts';

const ADDRESS = 'http://127.0.0.1:5000';
const STEP = { axis: { kind: 'step' }, zoom: undefined } as const;

test('charts as Python name the runs and the metrics as texts that Python reads', () => {
  const text = chartPython(ADDRESS, { runIds: ['a'], keys: ['loss', 'say "é"'], ...STEP });
  expect(text).toContain('mlflow.set_tracking_uri("http://127.0.0.1:5000")');
  expect(text).toContain('run_ids = [\n    "a",\n]');
  expect(text).toContain('keys = [\n    "loss",\n    "say \\"é\\"",\n]');
  expect(text).toContain('client.get_metric_history(run_id, key)');
  expect(text).toMatch(/points\["x"\] = points\["step"\]\n$/);
});

test.each([
  [{ kind: 'wall' }, 'points["x"] = points["timestamp"]'],
  [{ kind: 'relative' }, 'points["timestamp"] - points.groupby(["run_id", "key"])["timestamp"].transform("min")'],
  [{ kind: 'metric', key: 'epoch' }, 'points[points["key"] == "epoch"]'],
] as const)('charts as Python keep what is in view along %j', (axis, line) => {
  const text = chartPython(ADDRESS, { runIds: ['a'], keys: ['loss'], axis, zoom: { from: 5, to: 10.5 } });
  expect(text).toContain(line);
  expect(text).toMatch(/points = points\[points\["x"\]\.between\(5, 10\.5\)\]\n$/);
  expect(text.includes('    "epoch",')).toBe(axis.kind === 'metric');
});

test('a chart as CSV has the points that are drawn, smoothed beside logged ones', () => {
  const drawn = { metricKey: 'loss', axisName: 'step', zoom: { from: 1, to: 2 } };
  const plain = line([0, 1, 2], [3, 4, 5]);
  const smooth = { ...plain, rawYs: Float64Array.of(30, 40, 50) };
  expect(linesCsv({ ...drawn, lines: [plain] })).toEqual([
    'id,name,step,loss\r\n',
    `${plain.id},${plain.label},1,4\r\n`,
    `${plain.id},${plain.label},2,5\r\n`,
  ]);
  expect(linesCsv({ ...drawn, lines: [smooth] })[1]).toBe(`${plain.id},${plain.label},1,4,40\r\n`);
});
