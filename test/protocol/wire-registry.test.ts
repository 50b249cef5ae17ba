import { expect, test } from 'vitest';
import type { ModelVersionView } from '../../functions/domain/entities.ts';
import { wireFoundVersion, wireModelVersion, wireRegisteredModel } from '../../functions/protocol/wire-registry.ts';

const VIEW: ModelVersionView = {
  model: {
    registeredModelId: 'id',
    name: 'm',
    description: '',
    creationTime: 1,
    lastUpdateTime: 2,
    renameTime: 0,
    tags: new Map(),
    aliases: new Map([
      ['z', 3],
      ['a', 3],
      ['b', 1],
    ]),
    stages: '--S',
    stageTimes: new Map([[3, 9]]),
    hasPrompts: false,
  },
  version: {
    registeredModelId: 'id',
    versionNumber: 3,
    creationTime: 5,
    lastUpdateTime: 6,
    description: '',
    source: 'models:/m-1',
    storageLocation: 'mlflow-artifacts:/0/models/m-1/artifacts',
    runId: '',
    loggedModelId: 'm-1',
    runLink: '',
    tags: new Map([['k', '']]),
  },
  stage: 'Staging',
};

/** What the client sees. */
const wire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const FOUND = {
  name: 'm',
  version: '3',
  creation_timestamp: 5,
  last_updated_timestamp: 9,
  current_stage: 'Staging',
  description: '',
  source: 'models:/m-1',
  run_id: '',
  status: 'READY',
  tags: [{ key: 'k', value: '' }],
  run_link: '',
};

test('a version has no aliases in a search, its own by itself, and never an id of ours', () => {
  expect(wire(wireFoundVersion(VIEW))).toEqual(FOUND);
  expect(wire(wireModelVersion(VIEW))).toEqual({ ...FOUND, aliases: ['a', 'z'] });
});

test('a version without description, tags and aliases has none of these fields', () => {
  const version = { ...VIEW.version, description: undefined, tags: new Map<string, string>() };
  const { description: _, tags: __, ...rest } = FOUND;
  const model = { ...VIEW.model, aliases: new Map<string, number>() };
  expect(wire(wireModelVersion({ ...VIEW, model, version }))).toEqual(rest);
});

test('a model names its aliases in order, and omits an empty description', () => {
  const expected = { name: 'm', creation_timestamp: 1, last_updated_timestamp: 2 };
  const aliases = [
    { alias: 'a', version: '3' },
    { alias: 'b', version: '1' },
    { alias: 'z', version: '3' },
  ];
  expect(wire(wireRegisteredModel(VIEW.model, []))).toEqual({ ...expected, aliases });
  const described = { ...VIEW.model, description: 'd', aliases: new Map<string, number>() };
  expect(wire(wireRegisteredModel(described, [VIEW]))).toEqual({
    ...expected,
    description: 'd',
    latest_versions: [FOUND],
  });
});
