import { expect, test } from 'vitest';
import { readMlModel } from '../../../web/previews/read-mlmodel.ts';

const TEXT = `artifact_path: mlflow-artifacts:/1/models/m-1/artifacts
flavors:
  python_function:
    env:
      conda: conda.yaml
      virtualenv: python_env.yaml
    loader_module: mlflow.sklearn
    python_version: 3.12.3
  sklearn:
    code: null
    sklearn_version: 1.5.2
mlflow_version: 3.17.2
model_size_bytes: 1532
run_id: 0123456789abcdef0123456789abcdef
signature:
  inputs: '[{"type": "double", "name": "sepal length (cm)", "required": true}, {"type":
    "string", "name": "colour", "required": false}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
  params: '[{"name": "top", "default": 3, "shape": null, "type": "long"}]'
  type_hint: null
utc_time_created: '2026-01-02 03:04:05.123456'
`;

test('MLmodel tells what a model takes and gives, and how it is loaded', () => {
  const { signature, flavors, facts } = readMlModel(TEXT);
  expect(signature).toEqual({
    inputs: [
      { name: 'sepal length (cm)', type: 'double', note: '' },
      { name: 'colour', type: 'string', note: 'optional' },
    ],
    outputs: [{ name: '', type: 'int64 (-1)', note: '' }],
    params: [{ name: 'top', type: 'long', note: 'default 3' }],
  });
  expect(flavors.map(({ name }) => name)).toEqual(['python_function', 'sklearn']);
  expect(flavors[1]?.facts).toEqual(new Map([['sklearn_version', '1.5.2']]));
  expect(facts.get('utc_time_created')).toBe('2026-01-02 03:04:05.123456');
});

test('a model may have been logged without a signature', () => {
  expect(readMlModel('flavors:\n  sklearn:\n    a: 1\n').signature).toBeUndefined();
});

test('types may be nested', () => {
  const inputs = JSON.stringify([
    { name: 'chat', type: 'array', items: { type: 'object', properties: { role: { type: 'string' } } } },
  ]);
  expect(readMlModel(`signature:\n  inputs: '${inputs}'\n`).signature?.inputs[0]?.type).toBe(
    'list of { role: string }',
  );
});

test('what is no map is no MLmodel', () => {
  expect(() => readMlModel('- a\n')).toThrow();
});
