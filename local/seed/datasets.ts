import { DATASET_CONTEXT_TAG, type DatasetInput } from '../../functions/domain/dataset.ts';
import type { Project } from './projects.ts';
import type { SeededRandom } from './seeded-random.ts';

/** The training and the validation set of a run, in one of a few versions. */
export function datasetsOf(project: Project, random: SeededRandom): readonly DatasetInput[] {
  const version = 1 + random.below(6);
  return [split(project, version, 'training'), split(project, version, 'validation')];
}

function split({ dataset: { name, source } }: Project, version: number, context: string): DatasetInput {
  const rows = (context === 'training' ? 80_000 : 10_000) + version * 1000;
  return {
    dataset: {
      name: `${name}-${context}`,
      digest: (0x1000000 + version * 4099 + context.length).toString(16),
      sourceType: 's3',
      source: JSON.stringify({ uri: `${source}/v${version}/${context}.parquet` }),
      schema: undefined,
      profile: JSON.stringify({ num_rows: rows, num_elements: rows * 12 }),
    },
    tags: [{ key: DATASET_CONTEXT_TAG, value: context }],
  };
}
