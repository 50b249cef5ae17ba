import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { NOTE_TAG } from '../../../api/experiments.ts';
import { queryKeys } from '../../../api/query-keys.ts';
import { type Run, setRunTag } from '../../../api/runs.ts';
import { Button } from '../../../ui/button/button.tsx';
import { NumberText } from '../../../ui/format/number-text.tsx';
import { TimeAgo } from '../../../ui/format/time-ago.tsx';
import { Markdown } from '../../../ui/markdown/markdown.tsx';
import { NoteDialog } from '../../../ui/markdown/note-dialog.tsx';
import { Column, Columns } from '../../../ui/page/columns.tsx';
import { Nothing, Section } from '../../../ui/page/section.tsx';
import { isOwnTag } from '../../../ui/tags/own-tag.ts';
import type { TabProps } from '../tabs.tsx';
import { About } from './about.tsx';
import { EntryTable } from './entry-table.tsx';
import styles from './overview.module.css';
import { UsedAndMade } from './used-and-made.tsx';

/** What a run was given and what came out, at a glance. */
export function Overview({ run }: TabProps) {
  const tags = byKey(run.tags).filter(([key]) => !isOwnTag(key));
  return (
    <Columns>
      <Column>
        <EntryTable
          title="Metrics"
          columns={['Metric', 'Last value', 'Step', 'At']}
          entries={byKey(run.metrics).map(([key, { value, step, timestamp }]) => ({
            key,
            cells: [
              <NumberText key="value" value={value} />,
              step.toLocaleString('en-US'),
              <TimeAgo key="at" timeMs={timestamp} />,
            ],
          }))}
          none="No metric was logged."
        />
        <EntryTable
          title="Params"
          columns={['Param', 'Value']}
          entries={byKey(run.params).map(([key, value]) => ({ key, cells: [value] }))}
          none="No param was logged."
        />
      </Column>
      <Column>
        <About run={run} />
        <UsedAndMade run={run} />
        <Note run={run} />
        <EntryTable
          title="Tags"
          columns={['Tag', 'Value']}
          entries={tags.map(([key, value]) => ({ key, cells: [value] }))}
          none="No tag was set."
        />
      </Column>
    </Columns>
  );
}

/** Entries in the order of their keys, in which people look for them. */
const byKey = <T,>(entries: ReadonlyMap<string, T>): readonly (readonly [string, T])[] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : Number(a > b)));

function Note({ run: { runId, runName, tags, stage } }: { readonly run: Run }) {
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const note = tags.get(NOTE_TAG) ?? '';
  const save = async (text: string) => {
    await setRunTag(runId, NOTE_TAG, text);
    await client.invalidateQueries({ queryKey: queryKeys.runs });
  };
  return (
    <Section
      title="Note"
      tools={
        <Button
          look="quiet"
          icon="edit"
          aria-label="Edit the note"
          onClick={() => setOpen(true)}
          disabled={stage === 'deleted'}
        >
          Edit
        </Button>
      }
    >
      <div className={styles.card}>
        {note.trim() === '' ? (
          <Nothing>What was tried, and what came of it? Markdown is understood.</Nothing>
        ) : (
          <Markdown text={note} />
        )}
      </div>
      {isOpen && <NoteDialog title={`Note on “${runName}”`} note={note} onSave={save} onClose={() => setOpen(false)} />}
    </Section>
  );
}
