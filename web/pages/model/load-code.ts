import type { ModelVersion, RegisteredModel } from '../../api/registered-models.ts';

/** A URI that leads to a version, and what it follows. */
export interface ModelUri {
  readonly uri: string;
  readonly note: string;
}

/** All URIs that lead to a version now, the one that stays first (MLflow: store/artifact/utils/models.py). */
export function urisOf(version: ModelVersion, model: RegisteredModel): readonly ModelUri[] {
  const { name } = model;
  const aliases = [...model.aliases].filter(([, number]) => number === version.version).map(([alias]) => alias);
  const isLatestOfStage = model.latestVersions.some(
    ({ stage, version: number }) => stage === version.stage && number === version.version,
  );
  const highest = Math.max(...model.latestVersions.map(({ version: number }) => Number(number)));
  return [
    { uri: `models:/${name}/${version.version}`, note: 'always this version' },
    ...aliases.map((alias) => ({ uri: `models:/${name}@${alias}`, note: `whatever ${alias} stands for` })),
    ...(isLatestOfStage && version.stage !== 'None'
      ? [{ uri: `models:/${name}/${version.stage}`, note: `the newest in ${version.stage}` }]
      : []),
    ...(Number(version.version) === highest ? [{ uri: `models:/${name}/latest`, note: 'the newest of all' }] : []),
  ];
}

/** The lines of Python that load a model from a server. */
export const loadCode = (address: string, uri: string): string =>
  [
    'import mlflow',
    '',
    `mlflow.set_tracking_uri(${JSON.stringify(address)})`,
    `model = mlflow.pyfunc.load_model(${JSON.stringify(uri)})`,
    '',
  ].join('\n');
