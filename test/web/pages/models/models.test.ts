import { describe, expect, test } from 'vitest';
import type { ModelVersion, RegisteredModel } from '../../../../web/api/registered-models.ts';
import type { Run } from '../../../../web/api/runs.ts';
import { loadCode, urisOf } from '../../../../web/pages/model/load-code.ts';
import { registrables } from '../../../../web/pages/model/registrable.ts';
import { modelSearchOf } from '../../../../web/pages/models/model-search.ts';
import { decodeParam } from '../../../../web/routes/decode-param.ts';
import { links } from '../../../../web/routes/links.ts';
import { formatSize } from '../../../../web/ui/format/size.ts';

const version = (number: string, stage: ModelVersion['stage']): ModelVersion => ({
  name: 'iris',
  version: number,
  stage,
  creationTime: 0,
  lastUpdatedTime: 0,
  description: '',
  source: '',
  runId: '',
  runLink: '',
  tags: new Map(),
});

const model: RegisteredModel = {
  name: 'iris',
  creationTime: 0,
  lastUpdatedTime: 0,
  description: '',
  tags: new Map(),
  latestVersions: [version('2', 'Production'), version('10', 'None')],
  aliases: new Map([
    ['champion', '2'],
    ['next', '10'],
  ]),
};

describe('the URIs of a version', () => {
  test.each([
    ['2', 'Production', ['models:/iris/2', 'models:/iris@champion', 'models:/iris/Production']],
    ['10', 'None', ['models:/iris/10', 'models:/iris@next', 'models:/iris/latest']],
    ['1', 'Production', ['models:/iris/1']],
  ] as const)('of number %s in %s', (number, stage, uris) => {
    expect(urisOf(version(number, stage), model).map(({ uri }) => uri)).toEqual(uris);
  });

  test('are loaded by lines of Python', () => {
    expect(loadCode('http://here', 'models:/iris/2')).toContain('mlflow.pyfunc.load_model("models:/iris/2")');
  });
});

describe('what is typed to find models', () => {
  test.each([
    ['', ''],
    ['iris', "name ILIKE '%iris%'"],
    ['tagged', "name ILIKE '%tagged%'"],
    ["tags.team = 'x'", "tags.team = 'x'"],
    ["tag.`my team` = 'x'", "tag.`my team` = 'x'"],
    ["name LIKE 'a%'", "name LIKE 'a%'"],
  ])('%j is a filter or a part of the name', (typed, filter) => {
    expect(modelSearchOf(typed, { columnId: 'name', isDescending: false })).toEqual({ filter, orderBy: ['name ASC'] });
  });
});

describe('what of a run can be registered', () => {
  const run = (tags: ReadonlyMap<string, string>): Run => ({
    runId: 'r1',
    runName: '',
    experimentId: '1',
    userId: '',
    status: 'FINISHED',
    startTime: 0,
    endTime: 0,
    artifactUri: 'mlflow-artifacts:/1/r1/artifacts',
    stage: 'active',
    metrics: new Map(),
    params: new Map(),
    tags,
    datasets: [],
    modelInputs: [],
    modelOutputs: [],
  });

  test('are logged models, and folders that an older client named', () => {
    const history = JSON.stringify([{ artifact_path: 'net' }]);
    const found = registrables(
      run(new Map([['mlflow.log-model.history', history]])),
      [{ modelId: 'm-1', name: 'model', sourceRunId: 'r1' }],
      undefined,
    );
    expect(found.map(({ version: { source } }) => source)).toEqual([
      'models:/m-1',
      'mlflow-artifacts:/1/r1/artifacts/net',
    ]);
  });

  test('is first what was chosen, and a tag that somebody else wrote names none', () => {
    const found = registrables(run(new Map([['mlflow.log-model.history', 'none']])), [], 'a/b');
    expect(found.map(({ title }) => title)).toEqual(['Folder a/b']);
  });
});

test('a name comes out of a path as it went in', () => {
  for (const name of ['a b', 'a&b', '50%', 'ä@b#c']) {
    const path = links.model(name).slice(links.models().length + 1);
    expect(decodeParam(decodeURI(path))).toBe(name);
  }
});

test.each([
  [0, '0 B'],
  [512, '512 B'],
  [1_500, '1.5 KB'],
  [2_000_000, '2 MB'],
  [340_400_000, '340 MB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
});
