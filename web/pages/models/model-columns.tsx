import { Link } from 'wouter';
import type { RegisteredModel } from '../../api/registered-models.ts';
import { LinkCell, NoneCell, TextCell } from '../../grid/cells.tsx';
import { gridColumn } from '../../grid/grid-column.ts';
import type { GridColumn, GridRow } from '../../grid/grid-types.ts';
import { links } from '../../routes/links.ts';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import { TagList } from '../../ui/tags/tag-list.tsx';
import { AliasList } from '../model/alias-list.tsx';
import { StageText } from '../model/stage-text.tsx';
import styles from './models.module.css';

export interface ModelRow extends GridRow<ModelRow> {
  readonly model: RegisteredModel;
}

/** A registered model as a row. */
export const modelRow = (model: RegisteredModel): ModelRow => ({
  id: model.name,
  label: model.name,
  isSelectable: true,
  model,
});

const column = gridColumn<ModelRow>;

const highest = ({ latestVersions }: RegisteredModel): string | undefined =>
  latestVersions.map(({ version }) => version).sort((a, b) => Number(b) - Number(a))[0];

/** The columns of the list; ids of those that sort are MLflow's names. */
export const MODEL_COLUMNS: readonly GridColumn<ModelRow>[] = [
  column('name', 'Name', 280, {
    isPinned: true,
    isSortable: true,
    render: ({ model: { name } }) => <LinkCell href={links.model(name)} text={name} isName />,
  }),
  column('latest', 'Latest version', 120, {
    render: ({ model }) => {
      const version = highest(model);
      if (version === undefined) return <NoneCell text="none yet" />;
      return (
        <Link href={links.modelVersion(model.name, version)} tabIndex={-1}>
          Version {version}
        </Link>
      );
    },
  }),
  column('stages', 'Stages', 230, {
    render: ({ model: { name, latestVersions } }) =>
      latestVersions
        .filter(({ stage }) => stage !== 'None' && stage !== 'Archived')
        .map(({ stage, version }) => (
          <Link key={stage} href={links.modelVersion(name, version)} className={styles.stage} tabIndex={-1}>
            <StageText stage={stage} /> {version}
          </Link>
        )),
  }),
  column('aliases', 'Aliases', 220, {
    render: ({ model: { aliases } }) => (
      <AliasList aliases={[...aliases].map(([alias, version]) => ({ alias, version }))} />
    ),
  }),
  column('last_updated_timestamp', 'Changed', 130, {
    isSortable: true,
    render: ({ model }) => <TimeAgo timeMs={model.lastUpdatedTime} />,
  }),
  column('description', 'Description', 280, {
    render: ({ model: { description } }) => <TextCell text={description} />,
  }),
  column('tags', 'Tags', 260, { render: ({ model: { tags } }) => <TagList tags={tags} /> }),
];
