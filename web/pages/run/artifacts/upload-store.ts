import { sentenceOf } from '../../../api/api-error.ts';
import { uploadArtifact } from '../../../api/artifacts.ts';
import { session } from '../../../api/session.ts';
import { inTurns } from '../../../ui/actions/in-turns.ts';

/** AWS: a file of one PUT has 5 GiB at most; MLflow's client sends larger ones in parts. */
const MOST_BYTES = 5 * 1024 ** 3;

/** A file and where it goes among the artifacts of a run. */
export interface FileToSend {
  readonly runId: string;
  readonly path: string;
  readonly file: File;
}

/** A file on its way, or that did not get there. */
export interface UploadState extends FileToSend {
  readonly id: number;
  readonly sentBytes: number;
  /** Why it is not there; undefined while it is on its way. */
  readonly error: string | undefined;
}

/** How sending some files ended; those that were stopped are in neither count. */
export interface UploadOutcome {
  readonly sentCount: number;
  readonly failedCount: number;
}

let uploads: readonly UploadState[] = [];
let nextId = 1;
const aborts = new Map<number, AbortController>();
const listeners = new Set<() => void>();

function change(next: readonly UploadState[]): void {
  uploads = next;
  // Leaving the site would stop what is on its way: the browser asks first.
  if (uploads.some(isOnItsWay)) window.addEventListener('beforeunload', askBeforeLeaving);
  else window.removeEventListener('beforeunload', askBeforeLeaving);
  for (const listener of listeners) listener();
}

const askBeforeLeaving = (event: BeforeUnloadEvent): void => event.preventDefault();

/** Whether it is neither there nor failed. */
export const isOnItsWay = ({ error }: UploadState): boolean => error === undefined;

const update = (id: number, values: Partial<UploadState>): void =>
  change(uploads.map((each) => (each.id === id ? { ...each, ...values } : each)));

/** Stops an upload, or forgets that it failed. */
function drop(id: number): void {
  aborts.get(id)?.abort();
  aborts.delete(id);
  change(uploads.filter((each) => each.id !== id));
}

/** Sends files, a few at a time; one that goes to the same place as another takes over from it. */
async function send(files: readonly FileToSend[]): Promise<UploadOutcome> {
  const isReplaced = (upload: UploadState): boolean =>
    files.some(({ runId, path }) => runId === upload.runId && path === upload.path);
  for (const { id } of uploads.filter(isReplaced)) drop(id);
  const begun = files.map((each) => begin(each));
  change([...uploads, ...begun]);
  const ends: End[] = [];
  await inTurns(begun, async (upload) => ends.push(await sendOne(upload)));
  const countOf = (wanted: End): number => ends.filter((end) => end === wanted).length;
  return { sentCount: countOf('sent'), failedCount: countOf('failed') };
}

function begin(file: FileToSend): UploadState {
  const id = nextId;
  nextId += 1;
  aborts.set(id, new AbortController());
  return { ...file, id, sentBytes: 0, error: undefined };
}

type End = 'sent' | 'failed' | 'stopped';

async function sendOne({ id, runId, path, file }: UploadState): Promise<End> {
  const signal = aborts.get(id)?.signal;
  if (signal === undefined) return 'stopped';
  try {
    if (file.size > MOST_BYTES) throw new Error('A browser sends 5 GiB at most. Use mlflow.log_artifact.');
    const onProgress = (sentBytes: number): void => update(id, { sentBytes });
    await uploadArtifact({ runId, path, file, onProgress, signal });
    drop(id);
    return 'sent';
  } catch (error) {
    if (signal.aborted) return 'stopped';
    update(id, { error: sentenceOf(error) });
    return 'failed';
  }
}

// What one user began does not go on in the name of another.
session.onUser((isOther) => {
  if (isOther) for (const { id } of uploads) drop(id);
});

/** The uploads of all runs. They go on whatever page or tab is shown. */
export const uploadStore = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  uploads: (): readonly UploadState[] => uploads,
  send,
  drop,
} as const;
