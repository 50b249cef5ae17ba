import { useState } from 'react';
import type { PromotionTarget } from '../../api/promotion-target.ts';
import type { GateCheck } from '../../api/promotions.ts';
import type { ModelVersion, RegisteredModel } from '../../api/registered-models.ts';
import { Button } from '../../ui/button/button.tsx';
import { Select } from '../../ui/form/field.tsx';
import { Section } from '../../ui/page/section.tsx';
import { Loading, Trouble } from '../../ui/states/states.tsx';
import { textField } from '../../ui/url-state/url-state.ts';
import { useUrlState } from '../../ui/url-state/use-url-state.ts';
import { DemandList } from './demand-list.tsx';
import { PastRequests } from './past-requests.tsx';
import styles from './promotion.module.css';
import { RequestCard } from './request-card.tsx';
import { RequestDialog } from './request-dialogs.tsx';
import { targetOfText, targetsOf, textOfTarget } from './target-text.ts';
import { useGate, usePolicies } from './use-promotion.ts';

const schema = { target: textField('Production') } as const;
const PRODUCTION: PromotionTarget = { kind: 'stage', stage: 'Production' };

interface Props {
  readonly model: RegisteredModel;
  readonly version: ModelVersion;
}

/** The gates before the targets of a version: what each demands, and the request that asks to pass it. */
export function GatePanel({ model, version }: Props) {
  const [{ target: chosen }, change] = useUrlState(schema);
  const target = targetOfText(chosen) ?? PRODUCTION;
  const { data: policies } = usePolicies(model.name);
  const { data, error, refetch } = useGate(model.name, version.version, target);
  const options = new Set([...targetsOf(model.aliases.keys(), policies).map(textOfTarget), textOfTarget(target)]);
  return (
    <Section
      title="Promotion"
      tools={
        <Select
          label="Promotion to"
          value={textOfTarget(target)}
          options={[...options].map((value) => ({ value, text: `to ${value}` }))}
          onChange={(next) => change({ target: next }, 'replace')}
        />
      }
    >
      {data === undefined && error === null && <Loading what="the gate" />}
      {data === undefined && error !== null && (
        <Trouble title="The gate cannot be shown" error={error} onRetry={() => void refetch()} />
      )}
      {data !== undefined && <Gate version={version} target={target} check={data} />}
      <PastRequests name={model.name} version={version.version} target={target} />
    </Section>
  );
}

interface GateProps {
  readonly version: ModelVersion;
  readonly target: PromotionTarget;
  readonly check: GateCheck;
}

function Gate({ version, target, check: { isGated, holdsTarget, mayEnter, demands, request } }: GateProps) {
  const [isAsking, setAsking] = useState(false);
  const text = textOfTarget(target);
  return (
    <div className={styles.gate}>
      <p>{stateText({ version: version.version, text, isGated, holdsTarget, mayEnter })}</p>
      {demands.length > 0 && <DemandList demands={demands} />}
      {request && <RequestCard request={request} mayEnter={mayEnter} />}
      {!request && isGated && !holdsTarget && (
        <div>
          <Button look="primary" icon="up" onClick={() => setAsking(true)}>
            Request promotion
          </Button>
        </div>
      )}
      {isAsking && <RequestDialog version={version} target={target} onClose={() => setAsking(false)} />}
    </div>
  );
}

interface StateProps {
  readonly version: string;
  readonly text: string;
  readonly isGated: boolean;
  readonly holdsTarget: boolean;
  readonly mayEnter: boolean;
}

function stateText({ version, text, isGated, holdsTarget, mayEnter }: StateProps) {
  if (holdsTarget) {
    return (
      <>
        <strong>
          Version {version} is in {text}.
        </strong>
        {isGated && ' The gate stands for whoever comes next.'}
      </>
    );
  }
  if (!isGated) return `No gate stands before ${text}: whoever may edit the model moves versions there.`;
  return mayEnter ? (
    <strong>
      All demands are met: version {version} may enter {text}.
    </strong>
  ) : (
    <strong>
      Version {version} may not enter {text} yet.
    </strong>
  );
}
