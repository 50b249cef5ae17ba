import { Link } from 'wouter';
import type { PromotionTarget } from '../../api/promotion-target.ts';
import { links } from '../../routes/links.ts';
import { NotRead } from '../../ui/states/not-read.tsx';
import { DemandList } from './demand-list.tsx';
import styles from './promotion.module.css';
import { textOfTarget } from './target-text.ts';
import { useGate } from './use-promotion.ts';

interface Props {
  readonly name: string;
  readonly version: string;
  readonly target: PromotionTarget;
  /** Called as somebody goes on to the gate itself. */
  readonly onLeave: () => void;
}

/** Why a version may not enter a target yet, and the way to its gate; nothing where it may. */
export function GateReasons({ name, version, target, onLeave }: Props) {
  const { data, error, refetch } = useGate(name, version, target);
  const text = textOfTarget(target);
  if (data === undefined && error !== null) {
    return <NotRead what={`The gate before ${text}`} error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined || data.mayEnter || data.holdsTarget) return null;
  return (
    <section className={styles.reasons} aria-label={`The gate before ${text}`}>
      <p>
        <strong>A gate stands before {text}.</strong> Version {version} may not enter yet:
      </p>
      <DemandList demands={data.demands.filter(({ isMet }) => !isMet)} />
      <p>
        <Link href={links.gate(name, version, text)} onClick={onLeave}>
          {data.request === undefined ? 'Ask for its promotion' : 'To the request for its promotion'}
        </Link>
      </p>
    </section>
  );
}
