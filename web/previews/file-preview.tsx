import type { FileSource } from '../api/artifacts.ts';
import { late } from '../ui/late/late.tsx';
import { Loading } from '../ui/states/states.tsx';

export interface FilePreviewProps {
  readonly source: FileSource;
  readonly sizeBytes: number;
}

/** What is in a file; reading and drawing it is loaded when the first one is shown. */
export const FilePreview = late<FilePreviewProps>(
  () => import('./loaded-preview.tsx').then(({ LoadedPreview }) => LoadedPreview),
  () => <Loading what="the file" />,
);
