import type { ModelVersion } from '../../api/registered-models.ts';
import { LinkCell, TextCell } from '../../grid/cells.tsx';
import { gridColumn } from '../../grid/grid-column.ts';
import type { GridColumn, GridRow } from '../../grid/grid-types.ts';
import { links } from '../../routes/links.ts';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import { TagList } from '../../ui/tags/tag-list.tsx';
import { AliasList } from './alias-list.tsx';
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
      <LinkCell href={links.modelVersion(name, version)} text={`Version ${version}`} isName />
    ),
  }),
  column('stage', 'Stage', 120, { render: ({ version: { stage } }) => <StageText stage={stage} /> }),
  column('aliases', 'Aliases', 200, {
    render: ({ aliases }) => <AliasList aliases={aliases.map((alias) => ({ alias }))} />,
  }),
  column('created', 'Created', 130, { render: ({ version }) => <TimeAgo timeMs={version.creationTime} /> }),
  column('run', 'Source run', 290, {
    render: ({ version: { runId } }) => runId !== '' && <LinkCell href={links.run(runId)} text={runId} />,
  }),
  column('description', 'Description', 280, {
    render: ({ version: { description } }) => <TextCell text={description} />,
  }),
  column('tags', 'Tags', 260, { render: ({ version: { tags } }) => <TagList tags={tags} /> }),
];
