import { type Experiment, NOTE_TAG } from '../../api/experiments.ts';
import { LinkCell, TextCell } from '../../grid/cells.tsx';
import { gridColumn } from '../../grid/grid-column.ts';
import type { GridColumn, GridRow } from '../../grid/grid-types.ts';
import { links } from '../../routes/links.ts';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import { TagList } from '../../ui/tags/tag-list.tsx';
import { RunActivity } from './run-activity.tsx';

export interface ExperimentRow extends GridRow<ExperimentRow> {
  readonly experiment: Experiment;
}

/** An experiment as a row. */
export const experimentRow = (experiment: Experiment): ExperimentRow => ({
  id: experiment.experimentId,
  label: experiment.name,
  isSelectable: true,
  experiment,
});

const column = gridColumn<ExperimentRow>;

/** The columns of the list; ids of those that sort are MLflow's names. */
export const EXPERIMENT_COLUMNS: readonly GridColumn<ExperimentRow>[] = [
  column('name', 'Name', 300, {
    isPinned: true,
    isSortable: true,
    render: ({ experiment: { experimentId, name } }) => (
      <LinkCell href={links.runs([experimentId])} text={name} isName />
    ),
  }),
  column('activity', 'Last runs', 210, {
    render: ({ experiment }) => <RunActivity experimentId={experiment.experimentId} />,
  }),
  column('last_update_time', 'Changed', 130, {
    isSortable: true,
    render: ({ experiment }) => <TimeAgo timeMs={experiment.lastUpdateTime} />,
  }),
  column('creation_time', 'Created', 130, {
    isSortable: true,
    render: ({ experiment }) => <TimeAgo timeMs={experiment.creationTime} />,
  }),
  column('note', 'Note', 280, {
    render: ({ experiment: { tags } }) => <TextCell text={tags.get(NOTE_TAG)} />,
  }),
  column('tags', 'Tags', 280, { render: ({ experiment: { tags } }) => <TagList tags={tags} /> }),
  column('experiment_id', 'Id', 110, {
    isSortable: true,
    align: 'end',
    render: ({ experiment }) => experiment.experimentId,
  }),
];
