import { Fragment, useState } from 'react';
import { Link } from 'wouter';
import type { PromotionTarget } from '../../api/promotion-target.ts';
import type { HolderChange, Promotion } from '../../api/promotions.ts';
import type { RegisteredModel } from '../../api/registered-models.ts';
import { links } from '../../routes/links.ts';
import { Button } from '../../ui/button/button.tsx';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import { Nothing, Section } from '../../ui/page/section.tsx';
import { MoreButton } from '../../ui/states/more-button.tsx';
import { Loading, Trouble } from '../../ui/states/states.tsx';
import { Table } from '../../ui/table/table.tsx';
import { lastChange } from './last-change.ts';
import styles from './promotion.module.css';
import { RollbackDialog } from './rollback-dialog.tsx';
import { targetsOf, textOfTarget } from './target-text.ts';
import { useHistory } from './use-promotion.ts';

interface Held {
  readonly target: PromotionTarget;
  /** The newest version there. */
  readonly version: string;
  /** What a rollback would undo; undefined when nothing can be undone. */
  readonly last: HolderChange | undefined;
}

/** What holds the targets of a model now, who put it there, and the way back. */
export function HistorySection({ model }: { readonly model: RegisteredModel }) {
  const [rolledBack, setRolledBack] = useState<Held>();
  const list = useHistory(model.name);
  const { promotions, error, refetch } = list;
  const held = heldTargets(model, promotions ?? []);
  return (
    <>
      <Section title="In use now">
        {held.length === 0 && <Nothing>No version holds a stage or an alias.</Nothing>}
        {held.length > 0 && (
          <Table
            label="In use now"
            columns={['Target', 'Version', ...(held.some(canRollBack) ? ['Actions'] : [])]}
            rows={held.map((each) => ({
              id: textOfTarget(each.target),
              cells: [
                textOfTarget(each.target),
                <VersionLink key="version" name={model.name} version={each.version} />,
                ...(held.some(canRollBack) ? [actionOf(each, setRolledBack)] : []),
              ],
            }))}
          />
        )}
      </Section>
      <Section title="History">
        {promotions === undefined && error === null && <Loading what="the history" />}
        {promotions === undefined && error !== null && (
          <Trouble title="The history cannot be shown" error={error} onRetry={() => void refetch()} />
        )}
        {promotions?.length === 0 && <Nothing>Nothing has changed yet.</Nothing>}
        {promotions !== undefined && promotions.length > 0 && (
          <Table
            label="History"
            columns={['When', 'What', 'By', 'How', 'Comment']}
            rows={promotions.map((promotion) => ({ id: promotion.promotionId, cells: cellsOf(model.name, promotion) }))}
          />
        )}
        <MoreButton list={list} />
      </Section>
      {rolledBack?.last && (
        <RollbackDialog
          name={model.name}
          target={rolledBack.target}
          version={rolledBack.version}
          last={rolledBack.last}
          onClose={() => setRolledBack(undefined)}
        />
      )}
    </>
  );
}

const canRollBack = ({ last }: Held): boolean => last !== undefined && last.left.length > 0;

function heldTargets(model: RegisteredModel, history: readonly Promotion[]): readonly Held[] {
  return targetsOf(model.aliases.keys(), undefined).flatMap((target) => {
    const version =
      target.kind === 'alias'
        ? model.aliases.get(target.alias)
        : model.latestVersions.find(({ stage }) => stage === target.stage)?.version;
    return version === undefined ? [] : [{ target, version, last: lastChange(history, target) }];
  });
}

const actionOf = (held: Held, onRollBack: (held: Held) => void) =>
  canRollBack(held) && (
    <Button
      look="quiet"
      icon="restore"
      aria-label={`Roll back ${textOfTarget(held.target)}`}
      onClick={() => onRollBack(held)}
    >
      Roll back
    </Button>
  );

const HOW: Readonly<Record<Promotion['kind'], string>> = {
  request: 'by request',
  direct: 'directly',
  rollback: 'rollback',
};

const cellsOf = (name: string, { timestamp, changes, by, kind, comment }: Promotion) => [
  <TimeAgo key="when" timeMs={timestamp} />,
  <ul key="what" className={styles.changes}>
    {changes.map((change) => (
      <li key={textOfTarget(change.target)}>
        <ChangeText name={name} change={change} />
      </li>
    ))}
  </ul>,
  by || '–',
  HOW[kind],
  comment,
];

function ChangeText({
  name,
  change: { target, entered, left },
}: {
  readonly name: string;
  readonly change: HolderChange;
}) {
  return (
    <>
      {textOfTarget(target)}: <VersionLinks name={name} versions={entered} />
      {entered.length > 0 && left.length > 0 && ' in place of '}
      {entered.length === 0 && 'no longer '}
      <VersionLinks name={name} versions={left} />
    </>
  );
}

function VersionLinks({ name, versions }: { readonly name: string; readonly versions: readonly string[] }) {
  return versions.map((version, at) => (
    <Fragment key={version}>
      {at > 0 && ', '}
      <VersionLink name={name} version={version} />
    </Fragment>
  ));
}

/** The version may have been deleted since: its page then says so. */
function VersionLink({ name, version }: { readonly name: string; readonly version: string }) {
  return <Link href={links.modelVersion(name, version)}>version {version}</Link>;
}
