import type { KeyValue } from '../../functions/domain/entities.ts';
import type { Project } from './projects.ts';
import type { SeededRandom } from './seeded-random.ts';

interface TagsProps {
  readonly project: Project;
  readonly userId: string;
  readonly random: SeededRandom;
  readonly count: number;
}

const SHARE_WITH_NOTE = 0.25;

/** The first `count` tags of a run, those that matter first; one run in four has a note besides. */
export function tagsOf({ project, userId, random, count }: TagsProps): readonly KeyValue[] {
  const named: readonly (readonly [string, string])[] = [
    ['mlflow.user', userId],
    ['mlflow.source.name', project.script],
    ['mlflow.source.type', 'LOCAL'],
    ['mlflow.source.git.commit', commitOf(random)],
    ['team', project.team],
    ['gpu', random.pick(['a10g', 'a100', 'l4', 't4'])],
    ['stage', random.pick(['explore', 'explore', 'tune', 'candidate'])],
    ['dataset_version', `v${1 + random.below(6)}`],
  ];
  const more = Array.from({ length: Math.max(0, count - named.length) }, (_, at) => moreTag(at, random));
  const tags = [...named, ...more].slice(0, count);
  const note = random.chance(SHARE_WITH_NOTE) ? [['mlflow.note.content', noteOf(random)] as const] : [];
  return [...tags, ...note].map(([key, value]) => ({ key, value }));
}

const moreTag = (at: number, random: SeededRandom): readonly [string, string] => [
  `label_${String(at + 1).padStart(2, '0')}`,
  `value-${random.below(50)}`,
];

/** A team makes a few hundred commits, and runs each of them more than once. */
function commitOf(random: SeededRandom): string {
  const number = random.below(400);
  return Array.from({ length: 5 }, (_, at) => hexOf(Math.imul(number + 1, 0x9e3779b1 + at * 0x85ebca6b))).join('');
}

const hexOf = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');

const noteOf = (random: SeededRandom): string =>
  `${random.pick(['Baseline', 'Retry', 'Ablation', 'Candidate'])}: ${random.pick([
    'cleaner labels, otherwise as before.',
    'does the longer warm-up help?',
    '**do not promote**, leak in the validation split.',
    'same seed, other GPU.',
  ])}`;
