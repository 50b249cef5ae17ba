import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import {
  deleteRegisteredModelTag,
  describeRegisteredModel,
  type RegisteredModel,
  setRegisteredModelTag,
} from '../../api/registered-models.ts';
import { ListGrid } from '../../grid/list-grid.tsx';
import { decodeParam } from '../../routes/decode-param.ts';
import { links } from '../../routes/links.ts';
import type { Command } from '../../ui/commands/command.ts';
import { CommandButton } from '../../ui/commands/command-button.tsx';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { CodeBlock } from '../../ui/copy/code-block.tsx';
import { formatCount } from '../../ui/format/number.ts';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import { PageHeader, Toolbar } from '../../ui/page/page-header.tsx';
import { usePageTitle } from '../../ui/shell/page-title.ts';
import { Empty, Loading, Trouble } from '../../ui/states/states.tsx';
import { TagList } from '../../ui/tags/tag-list.tsx';
import { TagsDialog } from '../../ui/tags/tags-dialog.tsx';
import { listField, numbersField } from '../../ui/url-state/url-state.ts';
import { useUrlState } from '../../ui/url-state/use-url-state.ts';
import { AliasDialog } from './alias-dialog.tsx';
import { DeleteModelDialog, DeleteVersionDialog } from './delete-dialogs.tsx';
import { Description } from './description.tsx';
import styles from './model.module.css';
import { RenameModelDialog } from './rename-model-dialog.tsx';
import { StageDialog } from './stage-dialog.tsx';
import { useModel, useVersions } from './use-model.ts';
import { refreshModels } from './version-actions.ts';
import { VERSION_COLUMNS, type VersionRow, versionRow } from './version-columns.tsx';

const schema = { selected: listField(), widths: numbersField() } as const;

/** A registered model: what it is for, and its versions. */
export function ModelPage() {
  const { name: encoded = '' } = useParams<{ name: string }>();
  const name = decodeParam(encoded);
  usePageTitle(name);
  const { data: model, error, refetch } = useModel(name);
  if (model !== undefined) return <LoadedModel key={name} model={model} />;
  if (error !== null) return <Trouble title="The model cannot be shown" error={error} onRetry={() => void refetch()} />;
  return <Loading what="the model" />;
}

type OpenDialog = 'rename' | 'tags' | 'delete' | 'stage' | 'aliases' | 'delete version';

function LoadedModel({ model }: { readonly model: RegisteredModel }) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [state, change] = useUrlState(schema);
  const [dialog, setDialog] = useState<OpenDialog>();
  const close = () => setDialog(undefined);
  const { name, tags, aliases, description } = model;
  const list = useVersions(name);
  const { versions } = list;
  const rows = useMemo(() => versions?.map((version) => versionRow(version, aliases)), [versions, aliases]);
  const open = useCallback((row: VersionRow) => navigate(links.modelVersion(name, row.id)), [navigate, name]);
  const ofModel = useMemo<readonly Command[]>(
    () => [
      { id: 'rename', title: 'Rename', icon: 'edit', shortcut: 'r', run: () => setDialog('rename') },
      { id: 'tags', title: 'Tags', icon: 'tag', shortcut: 't', run: () => setDialog('tags') },
      {
        id: 'promotions',
        title: 'Promotions',
        icon: 'up',
        shortcut: 'p',
        run: () => navigate(links.modelPromotions(name)),
      },
      { id: 'delete', title: 'Delete', icon: 'trash', isDanger: true, run: () => setDialog('delete') },
    ],
    [name, navigate],
  );
  const ofSelection = useMemo<readonly Command[]>(() => {
    const { selected } = state;
    const onlyOne = selected.length === 1 ? undefined : 'Choose one version';
    const several = selected.length < 2 ? 'Choose two versions or more' : undefined;
    const compare = () => navigate(links.compareVersions(name, selected));
    return [
      { id: 'compare', title: 'Compare', icon: 'compare', shortcut: 'c', disabledReason: several, run: compare },
      {
        id: 'stage',
        title: 'Stage',
        icon: 'up',
        shortcut: 's',
        disabledReason: onlyOne,
        run: () => setDialog('stage'),
      },
      {
        id: 'aliases',
        title: 'Aliases',
        icon: 'pin',
        shortcut: 'a',
        disabledReason: onlyOne,
        run: () => setDialog('aliases'),
      },
      {
        id: 'delete version',
        title: 'Delete version',
        icon: 'trash',
        isDanger: true,
        disabledReason: onlyOne,
        run: () => setDialog('delete version'),
      },
    ];
  }, [state, name, navigate]);
  useCommands('Model', ofModel);
  useCommands('Chosen versions', ofSelection);
  const save = async (text: string) => {
    await describeRegisteredModel(name, text);
    await refreshModels(client);
  };
  const [chosenNumber] = state.selected;
  const clear = () => change({ selected: [] }, 'replace');
  const chosen = versions?.find(({ version }) => version === chosenNumber);
  return (
    <>
      <PageHeader
        title={name}
        aside={
          <>
            <Link href={links.models()}>All models</Link> · changed <TimeAgo timeMs={model.lastUpdatedTime} />
          </>
        }
      >
        {ofModel.map((command) => (
          <CommandButton key={command.id} command={command} look="quiet" />
        ))}
      </PageHeader>
      <div className={styles.band}>
        {tags.size > 0 && <TagList tags={tags} />}
        <Description what={`“${name}”`} text={description} onSave={save} />
      </div>
      <Toolbar label="Versions">
        <strong>Versions</strong>
        {state.selected.length > 0 && (
          <>
            <span className={styles.chosen}>{state.selected.length} chosen</span>
            {ofSelection.map((command) => (
              <CommandButton key={command.id} command={command} />
            ))}
          </>
        )}
      </Toolbar>
      <ListGrid
        label={`Versions of ${name}`}
        what="the versions"
        list={list}
        columns={VERSION_COLUMNS}
        rows={rows}
        state={state}
        onChange={change}
        onOpenRow={open}
        footer={formatCount(versions?.length ?? 0, 'version')}
        empty={versions?.length === 0 && <NoVersion name={name} />}
      />
      {dialog === 'rename' && <RenameModelDialog name={name} onClose={close} />}
      {dialog === 'delete' && (
        <DeleteModelDialog model={model} onClose={close} onDeleted={() => navigate(links.models())} />
      )}
      {dialog === 'tags' && <ModelTagsDialog model={model} onClose={close} />}
      {dialog === 'stage' && chosen && <StageDialog version={chosen} onClose={close} />}
      {dialog === 'aliases' && chosenNumber && <AliasDialog model={model} version={chosenNumber} onClose={close} />}
      {dialog === 'delete version' && chosen && (
        <DeleteVersionDialog version={chosen} model={model} onClose={close} onDeleted={clear} />
      )}
    </>
  );
}

function ModelTagsDialog({
  model: { name, tags },
  onClose,
}: {
  readonly model: RegisteredModel;
  readonly onClose: () => void;
}) {
  const client = useQueryClient();
  const set = async (key: string, value: string) => {
    await setRegisteredModelTag(name, key, value);
    await refreshModels(client);
  };
  const remove = async (key: string) => {
    await deleteRegisteredModelTag(name, key);
    await refreshModels(client);
  };
  return <TagsDialog title={`Tags of “${name}”`} tags={tags} onSet={set} onRemove={remove} onClose={onClose} />;
}

function NoVersion({ name }: { readonly name: string }) {
  return (
    <Empty title="It has no version yet">
      <p>Register what a run made, from the page of the run or from Python:</p>
      <CodeBlock
        what="the line of Python"
        code={`mlflow.register_model(model_info.model_uri, ${JSON.stringify(name)})`}
      />
    </Empty>
  );
}
