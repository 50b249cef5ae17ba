import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link, useParams } from 'wouter';
import { queryKeys } from '../../api/query-keys.ts';
import { getModelVersion, type RegisteredModel } from '../../api/registered-models.ts';
import { getRun } from '../../api/runs.ts';
import { ComparisonTable } from '../../comparison/comparison-table.tsx';
import { useComparison } from '../../comparison/use-comparison.tsx';
import { useTexts } from '../../comparison/use-texts.tsx';
import { decodeParam } from '../../routes/decode-param.ts';
import { links } from '../../routes/links.ts';
import { PageHeader, Toolbar } from '../../ui/page/page-header.tsx';
import { usePageTitle } from '../../ui/shell/page-title.ts';
import { Empty, Loading, Trouble } from '../../ui/states/states.tsx';
import { listField } from '../../ui/url-state/url-state.ts';
import { useUrlState } from '../../ui/url-state/use-url-state.ts';
import { StageText } from '../model/stage-text.tsx';
import { useModel } from '../model/use-model.ts';
import { mlModelQuery } from '../model-version/use-ml-model.ts';
import styles from './compare-versions.module.css';
import { type ComparedVersion, versionGroups } from './version-groups.ts';

const schema = { versions: listField() } as const;

/** Versions of a model side by side: first what differs between them. */
export function CompareVersionsPage() {
  const { name: encoded = '' } = useParams<{ name: string }>();
  const name = decodeParam(encoded);
  usePageTitle(`Compare versions of ${name}`);
  const { data: model, error, refetch } = useModel(name);
  if (model !== undefined) return <Comparison model={model} />;
  if (error !== null) return <Trouble title="The model cannot be shown" error={error} onRetry={() => void refetch()} />;
  return <Loading what="the model" />;
}

function Comparison({ model }: { readonly model: RegisteredModel }) {
  const { name } = model;
  const [{ versions: numbers }] = useUrlState(schema);
  const { versions, error, isPending, refetch } = useComparedVersions(name, numbers);
  const groups = useMemo(() => versionGroups(versions, model), [versions, model]);
  const { onlyDifferent, shown, tools } = useComparison('Compare', groups);
  const names = useMemo(
    () => new Map(versions.map(({ version: { version } }) => [version, `Version ${version}`])),
    [versions],
  );
  const { compareTexts, dialog } = useTexts({ what: 'version', groups, names });
  const columns = useMemo(
    () =>
      versions.map(({ version: { version, stage } }) => ({
        id: version,
        heading: (
          <span className={styles.heading}>
            <Link href={links.modelVersion(name, version)}>Version {version}</Link>
            <StageText stage={stage} />
          </span>
        ),
      })),
    [versions, name],
  );
  return (
    <>
      <PageHeader title="Compare versions" aside={<Link href={links.model(name)}>{name}</Link>} />
      {numbers.length < 2 ? (
        <Empty title="Choose two versions or more">
          <p>
            On the page of <Link href={links.model(name)}>{name}</Link>, choose versions with <kbd>x</kbd> and compare
            them with <kbd>c</kbd>.
          </p>
        </Empty>
      ) : (
        <>
          <Toolbar label="What is compared">{tools}</Toolbar>
          {error !== null && <Trouble title="A version cannot be shown" error={error} onRetry={refetch} />}
          {isPending && error === null && <Loading what="the versions" />}
          {!isPending && versions.length > 0 && (
            <ComparisonTable
              label="Versions side by side"
              columns={columns}
              groups={shown}
              onlyDifferent={onlyDifferent}
              onCompareTexts={compareTexts}
            />
          )}
          {dialog}
        </>
      )}
    </>
  );
}

interface Found {
  readonly versions: readonly ComparedVersion[];
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly refetch: () => void;
}

/** The versions, and of each its run and its MLmodel, where they can be read: a run may have been deleted for good. */
function useComparedVersions(name: string, numbers: readonly string[]): Found {
  const found = useQueries({
    queries: numbers.map((number) => ({
      queryKey: queryKeys.modelVersion(name, number),
      queryFn: ({ signal }: Signalled) => getModelVersion(name, number, signal),
    })),
  });
  const runs = useQueries({
    queries: found.map(({ data }) => {
      const runId = data?.runId ?? '';
      return {
        queryKey: queryKeys.run(runId),
        queryFn: ({ signal }: Signalled) => getRun(runId, signal),
        enabled: runId !== '',
      };
    }),
  });
  const files = useQueries({ queries: numbers.map((number) => mlModelQuery(name, number)) });
  const versions = found.flatMap(({ data }, at) =>
    data === undefined ? [] : [{ version: data, run: runs[at]?.data, file: files[at]?.data }],
  );
  return {
    versions,
    error: found.find(({ data, error }) => data === undefined && error !== null)?.error ?? null,
    isPending: [...found, ...runs, ...files].some(({ isLoading }) => isLoading),
    refetch: () => {
      for (const { error, refetch } of found) if (error !== null) void refetch();
    },
  };
}

interface Signalled {
  readonly signal: AbortSignal;
}
