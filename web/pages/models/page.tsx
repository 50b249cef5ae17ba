import { useQuery } from '@tanstack/react-query';
import { ApiError } from '../../api/api-error.ts';
import { queryKeys } from '../../api/query-keys.ts';
import { searchRegisteredModels } from '../../api/registered-models.ts';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { usePageTitle } from '../../ui/shell/page-title.ts';
import { Empty, Loading, Trouble } from '../../ui/states/states.tsx';
import styles from './models.module.css';

/** The registered models of the server. */
export function ModelsPage() {
  usePageTitle('Models');
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.registeredModels,
    queryFn: ({ signal }) => searchRegisteredModels(signal),
  });
  const hasNoRegistry = error instanceof ApiError && error.status === 404;
  return (
    <>
      <PageHeader title="Models" />
      {data === undefined && error === null && <Loading what="the models" />}
      {error !== null && !hasNoRegistry && (
        <Trouble title="The models cannot be shown" error={error} onRetry={() => void refetch()} />
      )}
      {hasNoRegistry && (
        <Empty title="This server has no model registry">
          <p>It keeps experiments, runs and logged models. A newer version of Tracklet has the registry, too.</p>
        </Empty>
      )}
      {data?.length === 0 && (
        <Empty title="No model is registered yet">
          <p>
            Register one from Python: <code>mlflow.register_model(model_uri, name)</code>
          </p>
        </Empty>
      )}
      <ul className={styles.list}>
        {data?.map(({ name, lastUpdatedTime }) => (
          <li key={name}>
            <strong>{name}</strong> <TimeAgo timeMs={lastUpdatedTime} />
          </li>
        ))}
      </ul>
    </>
  );
}
