import { ApiError } from '../../api/api-error.ts';
import { MlModelCard } from '../../previews/mlmodel-card.tsx';
import { Nothing, Section } from '../../ui/page/section.tsx';
import { Loading } from '../../ui/states/states.tsx';
import styles from './model-version.module.css';
import { useMlModel } from './use-ml-model.ts';

interface Props {
  readonly name: string;
  readonly version: string;
}

/** The signature and the flavors of a version, from its file MLmodel. */
export function ModelFile({ name, version }: Props) {
  const { data, error } = useMlModel(name, version);
  if (data !== undefined) {
    return (
      <div className={styles.card}>
        <MlModelCard model={data} />
      </div>
    );
  }
  if (error === null) return <Loading what="the signature" />;
  const isAbsent = error instanceof ApiError && error.status === 404;
  return (
    <Section title="Signature">
      <Nothing>
        {isAbsent ? 'The files of this version have no MLmodel.' : `MLmodel cannot be read: ${error.message}`}
      </Nothing>
    </Section>
  );
}
