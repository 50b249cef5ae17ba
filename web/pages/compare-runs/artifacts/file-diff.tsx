import { useQueries } from '@tanstack/react-query';
import { addressOf, type FileSource, readFile } from '../../../api/artifacts.ts';
import { queryKeys } from '../../../api/query-keys.ts';
import { DiffView } from '../../../comparison/diff-view.tsx';
import { writtenLines } from '../../../comparison/written-lines.ts';
import { FIRST_BYTES, nameOfPath, type PreviewKind } from '../../../previews/preview-kind.ts';
import { formatSize } from '../../../ui/format/size.ts';
import { Loading, Trouble } from '../../../ui/states/states.tsx';
import type { Side } from './artifact-sides.tsx';
import styles from './compare-artifacts.module.css';

interface Props {
  readonly path: string;
  readonly kind: PreviewKind;
  readonly left: Side;
  readonly right: Side;
}

/** What differs between a file of one run and that of another; of large ones the beginning. */
export function FileDiff({ path, kind, left, right }: Props) {
  const isCut = [left, right].some(({ artifact }) => (artifact?.sizeBytes ?? 0) > FIRST_BYTES);
  const { texts, error, refetch } = useQueries({
    queries: [left, right].map(({ runId }) => {
      const source: FileSource = { kind: 'run', runId, path };
      const maxBytes = isCut ? FIRST_BYTES : undefined;
      return {
        queryKey: [...queryKeys.file(addressOf(source), maxBytes), 'as text'],
        queryFn: async ({ signal }: { readonly signal: AbortSignal }) =>
          (await readFile(source, maxBytes, signal)).text(),
        refetchOnWindowFocus: false,
        gcTime: 60_000,
      };
    }),
    combine: textsOf,
  });
  if (error !== null) return <Trouble title="The files cannot be shown" error={error} onRetry={refetch} />;
  const [first, second] = texts;
  if (first === undefined || second === undefined) return <Loading what="the files" />;
  const [leftText, rightText] = isCut ? [first, second] : writtenLines(kind, first, second);
  return (
    <>
      {isCut && <p className={styles.note}>Only the first {formatSize(FIRST_BYTES)} of each are compared.</p>}
      <DiffView
        label={`What differs in ${nameOfPath(path)}`}
        left={{ name: left.name, text: leftText }}
        right={{ name: right.name, text: rightText }}
      />
    </>
  );
}

interface Result {
  readonly data: string | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

const textsOf = (results: readonly Result[]) => ({
  texts: results.map(({ data }) => data),
  error: results.find(({ data, error }) => data === undefined && error !== null)?.error ?? null,
  refetch: () => {
    for (const { error, refetch } of results) if (error !== null) refetch();
  },
});
