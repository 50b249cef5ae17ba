import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../../../api/api-error.ts';
import { uploadArtifact } from '../../../api/artifacts.ts';
import { queryKeys } from '../../../api/query-keys.ts';
import { inTurns } from '../../../ui/actions/in-turns.ts';
import { formatCount } from '../../../ui/format/number.ts';
import { tell } from '../../../ui/toasts/toast-store.ts';
import { joinPath } from './artifact-tree.ts';

/** AWS: a file of one PUT has 5 GiB at most; MLflow's client sends larger ones in parts. */
const MOST_BYTES = 5 * 1024 ** 3;

/** A file on its way, or that did not get there. */
export interface UploadState {
  readonly path: string;
  readonly file: File;
  readonly sentBytes: number;
  /** Why it is not there; undefined while it is on its way. */
  readonly error: string | undefined;
}

export interface Uploads {
  readonly states: readonly UploadState[];
  readonly send: (folder: string, files: readonly File[]) => void;
  readonly retry: (upload: UploadState) => void;
  /** Stops it, or forgets that it failed. */
  readonly drop: (path: string) => void;
}

/** Sends files to a run, a few at a time, and knows how far they are. Leaving the page stops them. */
export function useUploads(runId: string): Uploads {
  const client = useQueryClient();
  const [states, setStates] = useState<readonly UploadState[]>([]);
  const aborts = useRef(new Map<string, AbortController>());
  useEffect(() => {
    const running = aborts.current;
    return () => {
      for (const abort of running.values()) abort.abort();
    };
  }, []);
  const change = useCallback(
    (path: string, values: Partial<UploadState>) =>
      setStates((all) => all.map((each) => (each.path === path ? { ...each, ...values } : each))),
    [],
  );
  const forget = useCallback((path: string) => setStates((all) => all.filter((each) => each.path !== path)), []);

  const sendOne = useCallback(
    async ({ path, file }: Pick<UploadState, 'path' | 'file'>): Promise<boolean> => {
      const abort = aborts.current.get(path) ?? new AbortController();
      aborts.current.set(path, abort);
      try {
        if (file.size > MOST_BYTES) throw new Error('A browser sends 5 GiB at most. Use mlflow.log_artifact.');
        const onProgress = (sentBytes: number): void => change(path, { sentBytes });
        await uploadArtifact({ runId, path, file, onProgress, signal: abort.signal });
        forget(path);
        return true;
      } catch (error) {
        if (abort.signal.aborted) forget(path);
        else change(path, { error: sentenceOf(error) });
        return false;
      } finally {
        aborts.current.delete(path);
      }
    },
    [runId, change, forget],
  );

  const sendAll = useCallback(
    async (wanted: readonly Pick<UploadState, 'path' | 'file'>[]) => {
      const paths = new Set(wanted.map(({ path }) => path));
      for (const path of paths) aborts.current.set(path, new AbortController());
      setStates((all) => [
        ...all.filter(({ path }) => !paths.has(path)),
        ...wanted.map((each) => ({ ...each, sentBytes: 0, error: undefined })),
      ]);
      let count = 0;
      await inTurns(wanted, async (each) => {
        if (await sendOne(each)) count += 1;
      });
      await Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.artifacts(runId) }),
        // What was shown may have been replaced.
        client.invalidateQueries({ queryKey: queryKeys.files }),
      ]);
      if (count > 0) tell(`Uploaded ${formatCount(count, 'file')}.`);
    },
    [client, runId, sendOne],
  );
  return {
    states,
    send: (folder, files) => void sendAll(files.map((file) => ({ path: joinPath(folder, file.name), file }))),
    retry: ({ path, file }) => void sendAll([{ path, file }]),
    drop: (path) => {
      const abort = aborts.current.get(path);
      if (abort) abort.abort();
      forget(path);
    },
  };
}
