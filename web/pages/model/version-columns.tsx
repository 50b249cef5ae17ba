import { Link } from 'wouter';
import type { ModelVersion } from '../../api/registered-models.ts';
import { gridColumn } from '../../grid/grid-column.ts';
import type { GridColumn, GridRow } from '../../grid/grid-types.ts';
import { links } from '../../routes/links.ts';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import { firstLine } from '../../ui/markdown/first-line.ts';
import { TagList } from '../../ui/tags/tag-list.tsx';
import { AliasList } from './alias-list.tsx';
import styles from './model.module.css';
import { StageText } from './stage-text.tsx';

export interface VersionRow extends GridRow<VersionRow> {
  readonly version: ModelVersion;
  readonly aliases: readonly string[];
}

/** A version as a row, with the aliases that stand for it. */
export const versionRow = (version: ModelVersion, aliases: ReadonlyMap<string, string>): VersionRow => ({
  id: version.version,
  label: `version ${version.version}`,
  isSelectable: true,
  version,
  aliases: [...aliases].filter(([, number]) => number === version.version).map(([alias]) => alias),
});

const column = gridColumn<VersionRow>;

/** The columns of the versions of a model. */
export const VERSION_COLUMNS: readonly GridColumn<VersionRow>[] = [
  column('version', 'Version', 120, {
    isPinned: true,
    render: ({ version: { name, version } }) => (
      <Link href={links.modelVersion(name, version)} className={styles.version} tabIndex={-1}>
        Version {version}
      </Link>
    ),
  }),
  column('stage', 'Stage', 120, { render: ({ version: { stage } }) => <StageText stage={stage} /> }),
  column('aliases', 'Aliases', 200, {
    render: ({ aliases }) => <AliasList aliases={aliases.map((alias) => ({ alias }))} />,
  }),
  column('created', 'Created', 130, { render: ({ version }) => <TimeAgo timeMs={version.creationTime} /> }),
  column('run', 'Source run', 290, {
    render: ({ version: { runId } }) =>
      runId !== '' && (
        <Link href={links.run(runId)} tabIndex={-1} className={styles.text}>
          {runId}
        </Link>
      ),
  }),
  column('description', 'Description', 280, {
    render: ({ version: { description } }) => (
      <span className={styles.text} title={description}>
        {firstLine(description)}
      </span>
    ),
  }),
  column('tags', 'Tags', 260, { render: ({ version: { tags } }) => <TagList tags={tags} /> }),
];
