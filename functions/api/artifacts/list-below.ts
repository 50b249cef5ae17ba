import type { Services } from '../operation.ts';
import { proxiedPath } from './proxied-path.ts';

/**
 * One level of the artifacts in a folder below a root URI, with paths relative to that root; the folder is a safe path
 * (MLflow: _list_artifacts_for_proxied_run_artifact_root).
 */
export async function listBelow(
  { artifacts, bucketRoot }: Pick<Services, 'artifacts' | 'bucketRoot'>,
  rootUri: string,
  folder: string,
) {
  const root = proxiedPath(rootUri, bucketRoot);
  const entries = await artifacts.list(folder === '' ? root : `${root}/${folder}`);
  const files = entries.map(({ path: name, isDir, sizeBytes }) => ({
    path: folder === '' ? name : `${folder}/${name}`,
    is_dir: isDir,
    file_size: sizeBytes || undefined,
  }));
  return { root_uri: rootUri, files: files.length > 0 ? files : undefined };
}
