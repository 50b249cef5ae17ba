import { safeArtifactPath } from '../../../domain/artifact-path.ts';
import { invalidParameter } from '../../../domain/errors.ts';
import {
  defineOperation,
  type JsonOperation,
  type MessageSchema,
  type RequestFacts,
  type Services,
} from '../../operation.ts';
import { newFilePath } from '../file-path.ts';

interface MultipartSpec<T> {
  readonly verb: 'create' | 'complete' | 'abort';
  readonly request: MessageSchema<T>;
  /** `path` is that of the file below the artifact root. */
  readonly handle: (input: T, path: string, services: Services, facts: RequestFacts) => Promise<object>;
}

/** Declares a step of an upload in parts: below a folder, and at the artifact root itself. */
export function multipartOperation<T extends { readonly path: string }>(
  spec: MultipartSpec<T>,
): readonly JsonOperation[] {
  const operationAt = (folder: string) =>
    defineOperation({
      method: 'POST',
      path: `/mlflow-artifacts/mpu/${spec.verb}${folder}`,
      since: '2.0',
      request: spec.request,
      handle: async (input, services, facts) =>
        spec.handle(input, fileBelow(facts.params.artifact_path ?? '', input.path), services, facts),
    });
  return [operationAt(''), operationAt('/:artifact_path{.*}')];
}

/**
 * The file that goes into `folder`, named as the client's own file at `localPath` (MLflow: os.path.basename). Throws
 * INVALID_PARAMETER_VALUE for a folder or name that may not be.
 */
export function fileBelow(folder: string, localPath: string): string {
  const safe = safeArtifactPath(folder);
  const name = newFilePath(nameOf(localPath));
  return safe === '' ? name : `${safe}/${name}`;
}

/** Only the last segment counts: what is before it is the client's own disk. `\` separates on Windows alone. */
function nameOf(localPath: string): string {
  const segments = localPath.split(localPath.startsWith('/') ? '/' : /[/\\]/);
  const name = segments.at(-1) ?? '';
  if (name === '') throw invalidParameter('Invalid path');
  return name;
}
