import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf, readFile } from '../api/artifacts.ts';
import { queryKeys } from '../api/query-keys.ts';
import { Button } from '../ui/button/button.tsx';
import { formatSize } from '../ui/format/size.ts';
import { Empty, Loading, Trouble } from '../ui/states/states.tsx';
import type { FilePreviewProps } from './file-preview.tsx';
import { PreviewBody } from './preview-body.tsx';
import { FIRST_BYTES, previewKindOf, readingOf } from './preview-kind.ts';
import styles from './previews.module.css';

const MORE = 8;

/** Reads what a preview needs of a file, and asks before it reads what is large. */
export function LoadedPreview({ source, sizeBytes }: FilePreviewProps) {
  const kind = previewKindOf(source.path);
  const { isPartial, mostBytes } = readingOf(kind);
  const [firstBytes, setFirstBytes] = useState(FIRST_BYTES);
  const [isWanted, setWanted] = useState(false);
  const maxBytes = isPartial && sizeBytes > firstBytes ? firstBytes : undefined;
  const isTooLarge = sizeBytes > mostBytes && !isWanted;
  const address = addressOf(source);
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.file(address, maxBytes),
    queryFn: ({ signal }) => readFile(source, maxBytes, signal),
    enabled: kind !== 'none' && sizeBytes > 0 && !isTooLarge,
    placeholderData: (previous, query) => (query?.queryKey[1] === address ? previous : undefined),
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  if (sizeBytes === 0) {
    return (
      <Empty title="The file is empty">
        <p>It has a name and no bytes.</p>
      </Empty>
    );
  }
  if (kind === 'none') {
    return (
      <Empty title="No preview of this kind of file">
        <p>Download it, or read it in Python.</p>
      </Empty>
    );
  }
  if (isTooLarge) {
    return (
      <Empty title={`The file has ${formatSize(sizeBytes)}`}>
        <p>To show it, all of it has to be read.</p>
        <div>
          <Button onClick={() => setWanted(true)}>Show it all the same</Button>
        </div>
      </Empty>
    );
  }
  if (data === undefined && error !== null)
    return <Trouble title="The file cannot be shown" error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading what="the file" />;
  const isCut = data.size < sizeBytes;
  return (
    <div className={styles.preview}>
      {isCut && (
        <p className={styles.cut}>
          The first {formatSize(data.size)} of {formatSize(sizeBytes)}.
          <Button look="quiet" onClick={() => setFirstBytes(firstBytes * MORE)}>
            Show more
          </Button>
        </p>
      )}
      <PreviewBody key={address} kind={kind} path={source.path} content={data} isCut={isCut} />
    </div>
  );
}
