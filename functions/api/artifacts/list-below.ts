import type { ArtifactStore } from '../../artifacts/artifact-store.ts';
import { safeArtifactPath } from '../../domain/artifact-path.ts';
import { proxiedPath } from './proxied-path.ts';

const trimSlashes = (path: string): string => path.replace(/^\/+|\/+$/g, '');

/**
 * One level of the artifacts below a root URI, with paths relative to that root
 * (MLflow: _list_artifacts_for_proxied_run_artifact_root).
 */
export async function listBelow(artifacts: ArtifactStore, rootUri: string, path: string | undefined) {
  const folder = trimSlashes(path === undefined ? '' : safeArtifactPath(path));
  const root = proxiedPath(rootUri);
  const entries = await artifacts.list(folder === '' ? root : `${root}/${folder}`);
  const files = entries.map(({ path: name, isDir, sizeBytes }) => ({
    path: folder === '' ? name : `${folder}/${name}`,
    is_dir: isDir,
    file_size: sizeBytes || undefined,
  }));
  return { root_uri: rootUri, files: files.length > 0 ? files : undefined };
}
