import { useCallback, useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { ListGrid } from '../../grid/list-grid.tsx';
import { sortOf, textOfSort } from '../../grid/sort-text.ts';
import { links } from '../../routes/links.ts';
import { Button } from '../../ui/button/button.tsx';
import type { Command } from '../../ui/commands/command.ts';
import { CommandButton } from '../../ui/commands/command-button.tsx';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { CodeBlock } from '../../ui/copy/code-block.tsx';
import { copyText } from '../../ui/copy/copy-text.ts';
import { SearchField } from '../../ui/form/field.tsx';
import { useTyped } from '../../ui/form/use-typed.ts';
import { formatCount } from '../../ui/format/number.ts';
import { PageHeader, Toolbar, ToolbarSearch } from '../../ui/page/page-header.tsx';
import { usePageTitle } from '../../ui/shell/page-title.ts';
import { Empty } from '../../ui/states/states.tsx';
import { useUrlState } from '../../ui/url-state/use-url-state.ts';
import { DeleteModelDialog } from '../model/delete-dialogs.tsx';
import { CreateModelDialog } from './create-model-dialog.tsx';
import { MODEL_COLUMNS, type ModelRow, modelRow } from './model-columns.tsx';
import { modelSearchOf, modelsPython } from './model-search.ts';
import { modelsSchema } from './models-state.ts';
import { useModels } from './use-models.ts';

const FIND_ID = 'find-models';

/** The registered models: found, made, deleted. */
export function ModelsPage() {
  usePageTitle('Models');
  const [, navigate] = useLocation();
  const [state, change] = useUrlState(modelsSchema);
  const [dialog, setDialog] = useState<'create' | 'delete'>();
  const find = useTyped(state.find, (typed) => change({ find: typed }, 'replace'));
  const sort = useMemo(() => sortOf(state.sort), [state.sort]);
  const search = useMemo(() => modelSearchOf(state.find, sort), [state.find, sort]);
  const list = useModels(search);
  const { models, hasNextPage } = list;
  const rows = useMemo(() => models?.map(modelRow), [models]);
  const selected = (models ?? []).filter(({ name }) => state.selected.includes(name));
  const open = useCallback((row: ModelRow) => navigate(links.model(row.id)), [navigate]);
  const ofPage = useMemo<readonly Command[]>(
    () => [
      { id: 'find', title: 'Find', shortcut: '/', run: () => document.getElementById(FIND_ID)?.focus() },
      { id: 'create', title: 'New model', shortcut: 'n', icon: 'plus', run: () => setDialog('create') },
    ],
    [],
  );
  useCommands('Models', ofPage);
  const [only] = selected;
  const isNew = models?.length === 0 && state.find === '';
  const clear = () => change({ selected: [] }, 'replace');
  return (
    <>
      <PageHeader title="Models" aside={models && `${models.length}${hasNextPage ? ' loaded, more below' : ''}`}>
        <Link href={links.promotions()}>Promotions</Link>
        <Button
          look="quiet"
          icon="code"
          onClick={() => void copyText(modelsPython(window.location.origin, search), 'the search as Python')}
        >
          Copy as Python
        </Button>
        <Button look="primary" icon="plus" onClick={() => setDialog('create')}>
          New model
        </Button>
      </PageHeader>
      <Toolbar label="Models to show">
        <ToolbarSearch>
          <SearchField id={FIND_ID} label="Find models" placeholder="Name, or tags.team = 'vision'" {...find} />
        </ToolbarSearch>
        {selected.length > 0 && (
          <>
            <strong>{selected.length} chosen</strong>
            <CommandButton
              command={{
                id: 'delete',
                title: 'Delete',
                icon: 'trash',
                isDanger: true,
                disabledReason: selected.length === 1 ? undefined : 'Choose one model',
                run: () => setDialog('delete'),
              }}
            />
          </>
        )}
      </Toolbar>
      <ListGrid
        label="Models"
        what="the models"
        list={list}
        columns={MODEL_COLUMNS}
        rows={rows}
        sort={sort}
        onSort={(next) => change({ sort: textOfSort(next) })}
        state={state}
        onChange={change}
        onOpenRow={open}
        footer={models?.length === 0 ? 'No model passes.' : formatCount(models?.length ?? 0, 'model')}
        empty={isNew && <FirstModel />}
      />
      {dialog === 'create' && <CreateModelDialog onClose={() => setDialog(undefined)} />}
      {dialog === 'delete' && only && (
        <DeleteModelDialog model={only} onClose={() => setDialog(undefined)} onDeleted={clear} />
      )}
    </>
  );
}

function FirstModel() {
  return (
    <Empty title="No model is registered yet">
      <p>Register what a run made, from the page of the run or from Python:</p>
      <CodeBlock
        what="the lines of Python"
        code={`import mlflow\nmlflow.set_tracking_uri("${window.location.origin}")\nmlflow.register_model(model_info.model_uri, "my-model")`}
      />
    </Empty>
  );
}
