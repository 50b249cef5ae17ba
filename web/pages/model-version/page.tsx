import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { queryKeys } from '../../api/query-keys.ts';
import {
  deleteModelVersionTag,
  describeModelVersion,
  type ModelVersion,
  type RegisteredModel,
  setModelVersionTag,
} from '../../api/registered-models.ts';
import { getRun } from '../../api/runs.ts';
import { decodeParam } from '../../routes/decode-param.ts';
import { links } from '../../routes/links.ts';
import type { Command } from '../../ui/commands/command.ts';
import { CommandButton } from '../../ui/commands/command-button.tsx';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { NumberText } from '../../ui/format/number-text.tsx';
import { late } from '../../ui/late/late.tsx';
import { Column, Columns } from '../../ui/page/columns.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { Nothing } from '../../ui/page/section.tsx';
import { usePageTitle } from '../../ui/shell/page-title.ts';
import { Loading, Trouble } from '../../ui/states/states.tsx';
import { isOwnTag } from '../../ui/tags/own-tag.ts';
import { TagsDialog } from '../../ui/tags/tags-dialog.tsx';
import { AliasDialog } from '../model/alias-dialog.tsx';
import { AliasList } from '../model/alias-list.tsx';
import { DeleteVersionDialog } from '../model/delete-dialogs.tsx';
import { Description } from '../model/description.tsx';
import { StageDialog } from '../model/stage-dialog.tsx';
import { StageText } from '../model/stage-text.tsx';
import { useModel, useVersion } from '../model/use-model.ts';
import { refreshModels } from '../model/version-actions.ts';
import { GatePanel } from '../promotion/gate-panel.tsx';
import { EntryTable } from '../run/overview/entry-table.tsx';
import { LoadVersion } from './load-version.tsx';
import styles from './model-version.module.css';
import { VersionFacts } from './version-facts.tsx';

const ModelFile = late(
  () => import('./model-file.tsx').then(({ ModelFile: part }) => part),
  () => <Loading what="the signature" />,
);

/** A version of a registered model: what it takes and gives, where it came from, how it is loaded. */
export function VersionPage() {
  const { name: encoded = '', version: number = '' } = useParams<{ name: string; version: string }>();
  const name = decodeParam(encoded);
  usePageTitle(`${name}, version ${number}`);
  const model = useModel(name);
  const version = useVersion(name, number);
  const error = version.error ?? model.error;
  if (version.data !== undefined && model.data !== undefined)
    return <LoadedVersion key={`${name} ${number}`} version={version.data} model={model.data} />;
  const retry = () => void Promise.all([version.refetch(), model.refetch()]);
  if (error !== null) return <Trouble title="The version cannot be shown" error={error} onRetry={retry} />;
  return <Loading what="the version" />;
}

interface Props {
  readonly version: ModelVersion;
  readonly model: RegisteredModel;
}

type OpenDialog = 'stage' | 'aliases' | 'tags' | 'delete';

function LoadedVersion({ version, model }: Props) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [dialog, setDialog] = useState<OpenDialog>();
  const { name, version: number, stage, runId } = version;
  const { data: run, error: runError } = useQuery({
    queryKey: queryKeys.run(runId),
    queryFn: ({ signal }) => getRun(runId, signal),
    enabled: runId !== '',
  });
  const commands = useMemo<readonly Command[]>(
    () => [
      { id: 'stage', title: 'Stage', icon: 'up', shortcut: 's', run: () => setDialog('stage') },
      { id: 'aliases', title: 'Aliases', icon: 'pin', shortcut: 'a', run: () => setDialog('aliases') },
      { id: 'tags', title: 'Tags', icon: 'tag', shortcut: 't', run: () => setDialog('tags') },
      { id: 'delete', title: 'Delete', icon: 'trash', isDanger: true, run: () => setDialog('delete') },
    ],
    [],
  );
  useCommands('Version', commands);
  const close = () => setDialog(undefined);
  const save = async (text: string) => {
    await describeModelVersion(name, number, text);
    await refreshModels(client);
  };
  const aliases = [...model.aliases].filter(([, each]) => each === number).map(([alias]) => ({ alias }));
  const tags = [...version.tags].filter(([key]) => !isOwnTag(key));
  return (
    <>
      <PageHeader
        title={
          <>
            <Link href={links.model(name)}>{name}</Link> version {number}
          </>
        }
        aside={
          <span className={styles.aside}>
            <StageText stage={stage} />
            <AliasList aliases={aliases} />
          </span>
        }
      >
        {commands.map((command) => (
          <CommandButton key={command.id} command={command} look="quiet" />
        ))}
      </PageHeader>
      <Columns>
        <Column>
          <GatePanel model={model} version={version} />
          <LoadVersion version={version} model={model} />
          <ModelFile name={name} version={number} />
        </Column>
        <Column>
          <Description what={`version ${number}`} text={version.description} onSave={save} />
          <VersionFacts version={version} run={run} />
          <EntryTable
            title="Tags"
            columns={['Tag', 'Value']}
            entries={tags.map(([key, value]) => ({ key, cells: [value] }))}
            none="No tag was set."
          />
          {runError !== null && <Nothing>Its run cannot be read: {runError.message}</Nothing>}
          {run !== undefined && (
            <>
              <EntryTable
                title="Metrics of its run"
                columns={['Metric', 'Last value']}
                entries={[...run.metrics].map(([key, { value }]) => ({
                  key,
                  cells: [<NumberText key="value" value={value} />],
                }))}
                none="No metric was logged."
              />
              <EntryTable
                title="Params of its run"
                columns={['Param', 'Value']}
                entries={[...run.params].map(([key, value]) => ({ key, cells: [value] }))}
                none="No param was logged."
              />
            </>
          )}
        </Column>
      </Columns>
      {dialog === 'stage' && <StageDialog version={version} onClose={close} />}
      {dialog === 'aliases' && <AliasDialog model={model} version={number} onClose={close} />}
      {dialog === 'tags' && <VersionTagsDialog version={version} onClose={close} />}
      {dialog === 'delete' && (
        <DeleteVersionDialog
          version={version}
          model={model}
          onClose={close}
          onDeleted={() => navigate(links.model(name))}
        />
      )}
    </>
  );
}

interface TagsProps {
  readonly version: ModelVersion;
  readonly onClose: () => void;
}

function VersionTagsDialog({ version: { name, version, tags }, onClose }: TagsProps) {
  const client = useQueryClient();
  const set = async (key: string, value: string) => {
    await setModelVersionTag(name, version, key, value);
    await refreshModels(client);
  };
  const remove = async (key: string) => {
    await deleteModelVersionTag(name, version, key);
    await refreshModels(client);
  };
  return (
    <TagsDialog title={`Tags of version ${version}`} tags={tags} onSet={set} onRemove={remove} onClose={onClose} />
  );
}
