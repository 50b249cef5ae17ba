import type { ArtifactEntry } from '../../artifacts/artifact-store.ts';
import { safeArtifactPath } from '../../domain/artifact-path.ts';
import { message } from '../../protocol/message.ts';
import { text } from '../../protocol/scalars.ts';
import { mayReadFolder } from '../guard/checks.ts';
import { defineOperation } from '../operation.ts';

/** The client lists by this; unlike artifacts/list it wants each path's last segment alone. */
export const listProxied = defineOperation({
  method: 'GET',
  path: '/mlflow-artifacts/artifacts',
  since: '2.0',
  request: message({ path: text('Folder below the artifact root') }),
  handle: async ({ path }, { artifacts, caller }) => {
    const folder = path === undefined ? '' : safeArtifactPath(path).replace(/^\/+|\/+$/g, '');
    const entries = await artifacts.list(folder);
    const isShown =
      folder === '' && caller ? ({ path: name }: ArtifactEntry) => mayReadFolder(caller, name) : () => true;
    const files = entries.filter(isShown).map(({ path: name, isDir, sizeBytes }) => ({
      path: name,
      is_dir: isDir,
      file_size: sizeBytes || undefined,
    }));
    return files.length > 0 ? { files } : {};
  },
});
