import { lazy, Suspense } from 'react';
import type { FileSource } from '../api/artifacts.ts';
import { Loading } from '../ui/states/states.tsx';

const Loaded = lazy(() => import('./loaded-preview.tsx').then(({ LoadedPreview }) => ({ default: LoadedPreview })));

export interface FilePreviewProps {
  readonly source: FileSource;
  readonly sizeBytes: number;
}

/** What is in a file; reading and drawing it is loaded when the first one is shown. */
export function FilePreview(props: FilePreviewProps) {
  return (
    <Suspense fallback={<Loading what="the file" />}>
      <Loaded {...props} />
    </Suspense>
  );
}
