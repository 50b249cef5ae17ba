import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { sentenceOf } from '../../api/api-error.ts';
import { links } from '../../routes/links.ts';
import { saveFile } from '../../ui/actions/save-file.ts';
import type { Command } from '../../ui/commands/command.ts';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { copyText } from '../../ui/copy/copy-text.ts';
import { formatCount } from '../../ui/format/number.ts';
import { TagsDialog } from '../../ui/tags/tags-dialog.tsx';
import { tell, tellTrouble } from '../../ui/toasts/toast-store.ts';
import type { ChangeState } from '../../ui/url-state/use-url-state.ts';
import { runsOfRows } from './charted-runs.ts';
import { ColumnsDialog } from './columns-dialog.tsx';
import { exportRuns } from './export-runs.ts';
import { forgetColumns } from './kept-columns.ts';
import { pythonSnippet } from './python-snippet.ts';
import { recoverRuns, tagRuns, trashRuns } from './run-actions.ts';
import type { RunRow } from './run-tree.ts';
import type { RunsState, runsSchema } from './runs-state.ts';
import { FILTER_ID } from './runs-toolbar.tsx';
import type { useRunsView } from './use-runs-view.ts';
import { ViewsDialog } from './views/views-dialog.tsx';

interface Props {
  readonly experimentIds: readonly string[];
  readonly state: RunsState;
  readonly change: ChangeState<typeof runsSchema>;
  readonly view: ReturnType<typeof useRunsView>;
}

interface RunCommands {
  readonly ofPage: readonly Command[];
  readonly ofSelection: readonly Command[];
  /** The dialog that a command opened. */
  readonly dialog: ReactNode;
}

/** How the runs of rows are called; one that is not among them goes by its id. */
function namesIn(rows: readonly RunRow[]): (runId: string) => string {
  const names = new Map(runsOfRows(rows).map(({ runId, runName }) => [runId, runName || runId]));
  return (runId) => names.get(runId) ?? runId;
}

/** What a person can do with the table, and with the runs that are chosen. */
export function useRunCommands({ experimentIds, state, change, view }: Props): RunCommands {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [open, setOpen] = useState<'columns' | 'tag' | 'views'>();
  const download = useRef<AbortController>(undefined);
  const { search, columns, shownColumns, keys, listed, rows } = view;
  const { selected, stage, sort } = state;

  const ofPage = useMemo((): readonly Command[] => {
    const exportCsv = async () => {
      download.current?.abort();
      const abort = new AbortController();
      download.current = abort;
      tell('Reading the runs for the CSV file…', { label: 'Cancel', run: () => abort.abort() });
      let read = 0;
      try {
        saveFile(
          await exportRuns(
            search,
            columns,
            (count) => {
              read = count;
            },
            abort.signal,
          ),
          `runs-${search.experimentIds.join('-')}.csv`,
        );
        tell(`Exported ${formatCount(read, 'run')}.`);
      } catch (error) {
        if (!abort.signal.aborted)
          tellTrouble(`The export stopped after ${formatCount(read, 'run')}: ${sentenceOf(error)}`);
      }
    };
    return [
      { id: 'filter', title: 'Filter', shortcut: '/', run: () => document.getElementById(FILTER_ID)?.focus() },
      { id: 'columns', title: 'Columns', icon: 'columns', run: () => setOpen('columns') },
      { id: 'views', title: 'Views', icon: 'bookmark', run: () => setOpen('views') },
      { id: 'export', title: 'Export CSV', icon: 'download', run: () => void exportCsv() },
      {
        id: 'python',
        title: 'Copy as Python',
        icon: 'code',
        run: () => void copyText(pythonSnippet(window.location.origin, search, { sort }), 'the search as Python'),
      },
    ];
  }, [search, columns, sort]);

  const ofSelection = useMemo((): readonly Command[] => {
    const clear = () => change({ selected: [] }, 'replace');
    const trash = async () => {
      clear();
      await trashRuns(client, selected, namesIn(rows));
    };
    const recover = async () => {
      clear();
      await recoverRuns(client, selected, namesIn(rows));
    };
    return [
      {
        id: 'compare',
        title: 'Compare',
        icon: 'compare',
        shortcut: 'c',
        disabledReason: selected.length < 2 ? 'Choose two runs or more' : undefined,
        run: () => navigate(links.compareRuns(selected)),
      },
      { id: 'tag', title: 'Tag', icon: 'tag', run: () => setOpen('tag') },
      stage === 'deleted'
        ? { id: 'restore', title: 'Restore', icon: 'restore', run: () => void recover() }
        : { id: 'delete', title: 'Delete', icon: 'trash', isDanger: true, run: () => void trash() },
    ];
  }, [client, change, navigate, selected, stage, rows]);
  useCommands('Table of runs', ofPage);
  useCommands('Chosen runs', ofSelection);

  const close = () => setOpen(undefined);
  const reset = () => {
    forgetColumns(experimentIds);
    change({ columns: [], pinned: ['name'], widths: {} });
    close();
  };
  const set = (key: string, value: string) => tagRuns(client, selected, key, value);
  return {
    ofPage,
    ofSelection,
    dialog: (
      <>
        {open === 'columns' && (
          <ColumnsDialog
            columns={listed.length > 0 ? listed : columns}
            keys={keys}
            isDiffering={state.differing}
            hiddenCount={columns.length - shownColumns.length}
            onDiffering={(differing) => change({ differing }, 'replace')}
            onChange={(next) => change({ columns: next }, 'replace')}
            onReset={reset}
            onClose={close}
          />
        )}
        {open === 'views' && (
          <ViewsDialog experimentIds={experimentIds} columns={listed.length > 0 ? listed : columns} onClose={close} />
        )}
        {open === 'tag' && (
          <TagsDialog title={`Tag ${formatCount(selected.length, 'run')}`} onSet={set} onClose={close} />
        )}
      </>
    ),
  };
}
