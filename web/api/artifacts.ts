import { addressOfFile, getFile, getMlflow, postMlflow } from './request.ts';
import { putFile } from './upload.ts';

/** A file or folder of a run; `path` is below the run's artifact root. */
export interface Artifact {
  readonly path: string;
  readonly isFolder: boolean;
  /** 0 for a folder. */
  readonly sizeBytes: number;
}

interface WireArtifact {
  readonly path: string;
  readonly is_dir?: boolean;
  readonly file_size?: number;
}

/** One level of a run's artifacts, folders first, each by name. */
export async function listArtifacts(runId: string, folder: string, signal?: AbortSignal): Promise<readonly Artifact[]> {
  const { files = [] } = await getMlflow<{ files?: readonly WireArtifact[] }>(
    'artifacts/list',
    { run_id: runId, path: folder === '' ? undefined : folder },
    { signal },
  );
  return files
    .map(({ path, is_dir: isFolder = false, file_size: size = 0 }) => ({ path, isFolder, sizeBytes: Number(size) }))
    .sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || a.path.localeCompare(b.path));
}

/** A file that the server hands out: one of a run, or of a version of a registered model. */
export type FileSource =
  | { readonly kind: 'run'; readonly runId: string; readonly path: string }
  | { readonly kind: 'modelVersion'; readonly name: string; readonly version: string; readonly path: string };

interface Place {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

function placeOf(source: FileSource): Place {
  if (source.kind === 'run') return { path: '/get-artifact', query: { run_id: source.runId, path: source.path } };
  const { name, version, path } = source;
  return { path: '/model-versions/get-artifact', query: { name, version, path } };
}

/** Where a browser saves the file from; the answer is an attachment. */
export function addressOf(source: FileSource): string {
  const { path, query } = placeOf(source);
  return addressOfFile(path, query);
}

/** The bytes of a file, or its first so many. */
export function readFile(source: FileSource, maxBytes: number | undefined, signal?: AbortSignal): Promise<Blob> {
  const { path, query } = placeOf(source);
  return getFile(path, query, { signal, maxBytes });
}

export interface Upload {
  readonly runId: string;
  /** Where it goes below the run's artifact root. */
  readonly path: string;
  readonly file: File;
  readonly onProgress: (sentBytes: number) => void;
  readonly signal: AbortSignal;
}

/** Sends a file of a run straight to where files are kept; one that was there is replaced. */
export async function uploadArtifact({ runId, path, file, onProgress, signal }: Upload): Promise<void> {
  const { presigned_url: url, headers = {} } = await postMlflow<{
    readonly presigned_url: string;
    readonly headers?: Readonly<Record<string, string>>;
  }>('artifacts/presigned-upload-url', { run_id: runId, path }, { signal });
  await putFile(url, { headers, file, onProgress, signal });
}
