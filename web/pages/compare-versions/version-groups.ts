import type { ModelVersion, RegisteredModel } from '../../api/registered-models.ts';
import type { Run } from '../../api/runs.ts';
import { type ComparedGroup, compareValues } from '../../comparison/compare-values.ts';
import { metricTexts } from '../../comparison/metric-texts.ts';
import type { MlModel, SignatureField } from '../../previews/read-mlmodel.ts';
import { formatExact } from '../../ui/format/time.ts';
import { isOwnTag } from '../../ui/tags/own-tag.ts';

/** A version with what it was made from, as far as that could be read. */
export interface ComparedVersion {
  readonly version: ModelVersion;
  readonly run: Run | undefined;
  readonly file: MlModel | undefined;
}

/** What versions are compared by. */
export const versionGroups = (
  versions: readonly ComparedVersion[],
  model: Pick<RegisteredModel, 'aliases'>,
): readonly ComparedGroup[] => [
  { title: 'About', what: 'fact', rows: compareValues(versions.map((each) => factsOf(each, model))) },
  { title: 'Params', what: 'param', rows: compareValues(versions.map(({ run }) => run?.params ?? NONE)) },
  {
    title: 'Metrics',
    what: 'metric',
    isNumeric: true,
    rows: compareValues(versions.map(({ run }) => (run === undefined ? NONE : metricTexts(run.metrics)))),
  },
  { title: 'Signature', what: 'field', rows: compareValues(versions.map(({ file }) => signatureOf(file))) },
  { title: 'Model file', what: 'fact', rows: compareValues(versions.map(({ file }) => fileFacts(file))) },
  { title: 'Tags', what: 'tag', rows: compareValues(versions.map(({ version }) => ownTags(version.tags))) },
];

const NONE: ReadonlyMap<string, string> = new Map();

function factsOf({ version, run }: ComparedVersion, { aliases }: Pick<RegisteredModel, 'aliases'>) {
  const own = [...aliases].filter(([, number]) => number === version.version).map(([alias]) => `@${alias}`);
  return present([
    ['Stage', version.stage],
    ['Aliases', own.join(', ')],
    ['Registered', formatExact(version.creationTime)],
    ['Source run', run?.runName || version.runId],
    ['Source', version.source],
    ['Description', version.description],
    ['Git commit', run?.tags.get('mlflow.source.git.commit') ?? ''],
    ['Datasets', run?.datasets.map(({ name, digest }) => `${name} ${digest}`).join(', ') ?? ''],
  ]);
}

function signatureOf(file: MlModel | undefined): ReadonlyMap<string, string> {
  if (file?.signature === undefined) return NONE;
  const { inputs, outputs, params } = file.signature;
  return new Map([...fields('input', inputs), ...fields('output', outputs), ...fields('param', params)]);
}

const fields = (side: string, all: readonly SignatureField[]): readonly (readonly [string, string])[] =>
  all.map(({ name, type, note }, at) => [`${side} ${name || at + 1}`, note === '' ? type : `${type}, ${note}`]);

/** What tells of how a model is loaded; its ids differ always and say nothing. */
function fileFacts(file: MlModel | undefined): ReadonlyMap<string, string> {
  if (file === undefined) return NONE;
  const flavors = file.flavors.flatMap(({ name, facts }) =>
    [...facts].map(([key, value]) => [`${name}: ${key}`, value] as const),
  );
  return present([['mlflow_version', file.facts.get('mlflow_version') ?? ''], ...flavors]);
}

const ownTags = (tags: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...tags].filter(([key]) => !isOwnTag(key)));

const present = (facts: readonly (readonly [string, string])[]): ReadonlyMap<string, string> =>
  new Map(facts.filter(([, value]) => value !== ''));
