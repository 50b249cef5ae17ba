import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { Experiment } from '../../api/experiments.ts';
import { ListGrid } from '../../grid/list-grid.tsx';
import { sortOf, textOfSort } from '../../grid/sort-text.ts';
import { links } from '../../routes/links.ts';
import { Button } from '../../ui/button/button.tsx';
import type { Command } from '../../ui/commands/command.ts';
import { CommandButton } from '../../ui/commands/command-button.tsx';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { copyText } from '../../ui/copy/copy-text.ts';
import { SearchField, Select } from '../../ui/form/field.tsx';
import { useTyped } from '../../ui/form/use-typed.ts';
import { formatCount } from '../../ui/format/number.ts';
import { PageHeader, Toolbar, ToolbarSearch } from '../../ui/page/page-header.tsx';
import { usePageTitle } from '../../ui/shell/page-title.ts';
import { FirstSteps } from '../../ui/states/first-steps.tsx';
import { useUrlState } from '../../ui/url-state/use-url-state.ts';
import { recoverExperiments, trashExperiments } from './experiment-actions.ts';
import { EXPERIMENT_COLUMNS, type ExperimentRow, experimentRow } from './experiment-columns.tsx';
import { CreateDialog, RenameDialog } from './experiment-dialogs.tsx';
import { experimentSearchOf, experimentsPython } from './experiment-search.ts';
import { experimentsSchema } from './experiments-state.ts';

import { ExperimentNoteDialog, ExperimentTagsDialog } from './tag-dialogs.tsx';
import { useExperiments } from './use-experiments.ts';
import { useIsNew } from './use-is-new.ts';

const STAGES = [
  { value: 'active', text: 'Active' },
  { value: 'deleted', text: 'Deleted' },
] as const;

type OpenDialog = 'create' | 'rename' | 'tags' | 'note';

/** All experiments: found, made, renamed, tagged, deleted and brought back. */
export function ExperimentsPage() {
  usePageTitle('Experiments');
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [state, change] = useUrlState(experimentsSchema);
  const [dialog, setDialog] = useState<OpenDialog>();
  const name = useTyped(state.name, (typed) => change({ name: typed }, 'replace'));
  const sort = useMemo(() => sortOf(state.sort), [state.sort]);
  const search = useMemo(() => experimentSearchOf(state.name, state.stage, sort), [state.name, state.stage, sort]);
  const list = useExperiments(search);
  const { experiments, hasNextPage } = list;
  const rows = useMemo(() => experiments?.map(experimentRow), [experiments]);
  const selected = useMemo(
    () => (experiments ?? []).filter(({ experimentId }) => state.selected.includes(experimentId)),
    [experiments, state.selected],
  );
  const open = useCallback((row: ExperimentRow) => navigate(links.runs([row.id])), [navigate]);

  const { ofPage, ofSelection } = useMemo(() => {
    const [first] = selected;
    const onlyOne = selected.length === 1 ? undefined : 'Choose one experiment';
    const clear = () => change({ selected: [] }, 'replace');
    const trash = async () => {
      clear();
      await trashExperiments(client, selected);
    };
    const recover = async () => {
      clear();
      await recoverExperiments(client, selected);
    };
    const forPage: readonly Command[] = [
      { id: 'find', title: 'Find by name', shortcut: '/', run: () => document.getElementById(FIND_ID)?.focus() },
      { id: 'create', title: 'New experiment', shortcut: 'n', icon: 'plus', run: () => setDialog('create') },
    ];
    const forSelection: readonly Command[] = [
      {
        id: 'runs',
        title: 'Show runs',
        icon: 'columns',
        run: () => navigate(links.runs(selected.map(({ experimentId }) => experimentId))),
      },
      { id: 'rename', title: 'Rename', icon: 'edit', disabledReason: onlyOne, run: () => setDialog('rename') },
      { id: 'tags', title: 'Tags', icon: 'tag', disabledReason: onlyOne, run: () => setDialog('tags') },
      { id: 'note', title: 'Note', icon: 'archive', disabledReason: onlyOne, run: () => setDialog('note') },
      first?.stage === 'deleted'
        ? { id: 'restore', title: 'Restore', icon: 'restore', run: () => void recover() }
        : { id: 'delete', title: 'Delete', icon: 'trash', isDanger: true, run: () => void trash() },
    ];
    return { ofPage: forPage, ofSelection: forSelection };
  }, [selected, client, navigate, change]);
  useCommands('Experiments', ofPage);

  const isNew = useIsNew(experiments, state);
  const [onlySelected] = selected;
  return (
    <>
      <PageHeader title="Experiments" aside={countOf(experiments, hasNextPage)}>
        <Button
          look="quiet"
          icon="code"
          onClick={() => void copyText(experimentsPython(window.location.origin, search), 'the search as Python')}
        >
          Copy as Python
        </Button>
        <Button look="primary" icon="plus" onClick={() => setDialog('create')}>
          New experiment
        </Button>
      </PageHeader>
      <Toolbar label="Experiments to show">
        <ToolbarSearch>
          <SearchField id={FIND_ID} label="Find by name" placeholder="Find by name" {...name} />
        </ToolbarSearch>
        <Select
          label="Stage"
          value={state.stage}
          options={STAGES}
          onChange={(stage) => change({ stage, selected: [] })}
        />
        {selected.length > 0 && (
          <>
            <strong>{selected.length} chosen</strong>
            {ofSelection.map((command) => (
              <CommandButton key={command.id} command={command} />
            ))}
          </>
        )}
      </Toolbar>
      <ListGrid
        label="Experiments"
        what="the experiments"
        list={list}
        columns={EXPERIMENT_COLUMNS}
        rows={rows}
        sort={sort}
        onSort={(next) => change({ sort: textOfSort(next) })}
        state={state}
        onChange={change}
        onOpenRow={open}
        footer={footerOf(experiments, state.name)}
        empty={isNew && <FirstSteps />}
      />
      {dialog === 'create' && <CreateDialog onClose={() => setDialog(undefined)} />}
      {dialog === 'rename' && onlySelected && (
        <RenameDialog experiment={onlySelected} onClose={() => setDialog(undefined)} />
      )}
      {dialog === 'tags' && onlySelected && (
        <ExperimentTagsDialog experiment={onlySelected} onClose={() => setDialog(undefined)} />
      )}
      {dialog === 'note' && onlySelected && (
        <ExperimentNoteDialog experiment={onlySelected} onClose={() => setDialog(undefined)} />
      )}
    </>
  );
}

const FIND_ID = 'find-experiments';

const countOf = (experiments: readonly Experiment[] | undefined, hasMore: boolean): string | undefined =>
  experiments && `${experiments.length.toLocaleString('en-US')}${hasMore ? ' loaded, more below' : ''}`;

function footerOf(experiments: readonly Experiment[] | undefined, name: string): string {
  if (experiments && experiments.length > 0) return formatCount(experiments.length, 'experiment');
  return name === '' ? 'No experiments here.' : `No experiment has “${name}” in its name.`;
}
