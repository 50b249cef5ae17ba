import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
import { queryKeys } from '../../../api/query-keys.ts';
import { formatCount } from '../../../ui/format/number.ts';
import { tell, tellTrouble } from '../../../ui/toasts/toast-store.ts';
import { joinPath } from './artifact-tree.ts';
import { type FileToSend, isOnItsWay, type UploadState, uploadStore } from './upload-store.ts';

export interface Uploads {
  readonly states: readonly UploadState[];
  readonly send: (folder: string, files: readonly File[]) => void;
  readonly retry: (upload: UploadState) => void;
  /** Stops it, or forgets that it failed. */
  readonly drop: (id: number) => void;
}

/** The uploads to a run, and what sends more. */
export function useUploads(runId: string): Uploads {
  const client = useQueryClient();
  const send = (files: readonly FileToSend[]) => void sendAndTell(client, runId, files);
  return {
    states: useUploadStates(runId),
    send: (folder, files) => send(files.map((file) => ({ runId, path: joinPath(folder, file.name), file }))),
    retry: ({ path, file }) => send([{ runId, path, file }]),
    drop: uploadStore.drop,
  };
}

/** How many files are on their way to a run. */
export const useUploadCount = (runId: string): number => useUploadStates(runId).filter(isOnItsWay).length;

function useUploadStates(runId: string): readonly UploadState[] {
  const all = useSyncExternalStore(uploadStore.subscribe, uploadStore.uploads);
  return useMemo(() => all.filter((upload) => upload.runId === runId), [all, runId]);
}

async function sendAndTell(client: QueryClient, runId: string, files: readonly FileToSend[]): Promise<void> {
  const { sentCount, failedCount } = await uploadStore.send(files);
  await Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.artifacts(runId) }),
    // What was shown may have been replaced.
    client.invalidateQueries({ queryKey: queryKeys.files }),
  ]);
  if (sentCount > 0) tell(`Uploaded ${formatCount(sentCount, 'file')}.`);
  // Why stands beside each of them, where somebody may be no longer.
  if (failedCount > 0) tellTrouble(`${formatCount(failedCount, 'file')} could not be uploaded.`);
}
