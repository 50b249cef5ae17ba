import type { Asked } from '../guard/requirement.ts';

/** Fields that name what a request is about; none of them holds what was logged. */
const NAMES = [
  'experiment_id',
  'run_id',
  'run_uuid',
  'model_id',
  'path_model_id',
  'name',
  'version',
  'alias',
  'stage',
  'request_id',
  'verdict',
  'username',
  'role_id',
  'resource_type',
  'resource_id',
  'permission',
  'token_id',
  'key',
] as const;

const MAX_LENGTH = 500;

/** What a request is about, as `experiment_id=1 key=team`; undefined when it names nothing. */
export function subjectOf({ input, params, raw }: Pick<Asked, 'input' | 'params' | 'raw'>): string | undefined {
  const given = (name: string): unknown =>
    raw ? (params[name] ?? raw.query.get(name) ?? undefined) : fieldOf(input, name);
  const named = NAMES.flatMap((name) => {
    const value = given(name);
    return typeof value === 'string' || typeof value === 'number' ? [`${name}=${value}`] : [];
  });
  const path = params.artifact_path;
  const parts = path === undefined ? named : [...named, `path=${path}`];
  return parts.length > 0 ? parts.join(' ').slice(0, MAX_LENGTH) : undefined;
}

const fieldOf = (input: unknown, name: string): unknown =>
  typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined;
