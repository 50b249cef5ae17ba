import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { GridColumn } from '../../grid/grid-types.ts';
import { links } from '../../routes/links.ts';
import { formatCount, formatNumber } from '../../ui/format/number.ts';
import { NumberText } from '../../ui/format/number-text.tsx';
import { RunDuration } from '../../ui/format/run-duration.tsx';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import { StatusMark, StatusText } from '../../ui/status/run-status.tsx';
import { ATTRIBUTES, type AttributeName, type ColumnId, isSortable, parseColumnId } from './column-id.ts';
import type { RunRow, SingleRow } from './run-tree.ts';
import { meanOf, runValue } from './run-values.ts';
import styles from './runs.module.css';
import type { StatisticOf } from './statistics/statistics.ts';

const WIDTHS: Readonly<Partial<Record<AttributeName, number>>> = {
  name: 250,
  status: 104,
  created: 120,
  ended: 120,
  duration: 104,
  user: 100,
  experiment: 180,
  source: 180,
  id: 260,
  note: 260,
};
const KEYED_WIDTH = 124;
const OVERLINES = { metric: 'metric', param: 'param', tag: 'tag' } as const;
const STATISTIC_OVERLINES = { min: 'least', max: 'greatest', first: 'first' } as const;

interface Context {
  readonly statisticOf: StatisticOf;
  /** The runs whose statistics could not be read. */
  readonly failedIds: ReadonlySet<string>;
  readonly pinned: readonly string[];
  readonly experimentNames: ReadonlyMap<string, string>;
  /** The mark of a row's line, where charts are beside the table. */
  readonly markOf?: ((row: RunRow) => ReactNode) | undefined;
}

/** The columns of a list of ids; what is no column's id is left out. */
export function runColumns(ids: readonly string[], { pinned, ...context }: Context): readonly GridColumn<RunRow>[] {
  const pinnedIds = new Set(pinned);
  const ordered = [...ids.filter((id) => pinnedIds.has(id)), ...ids.filter((id) => !pinnedIds.has(id))];
  return ordered.flatMap((text) => {
    const id = parseColumnId(text);
    return id === undefined ? [] : [runColumn(text, id, pinnedIds.has(text), context)];
  });
}

function runColumn(
  text: string,
  id: ColumnId,
  isPinned: boolean,
  { experimentNames, markOf, statisticOf, failedIds }: Omit<Context, 'pinned'>,
): GridColumn<RunRow> {
  const isName = id.kind === 'attribute' && id.name === 'name';
  return {
    id: text,
    title: titleOf(id),
    overline: overlineOf(id),
    width: (id.kind === 'attribute' && WIDTHS[id.name]) || KEYED_WIDTH,
    align: id.kind === 'metric' || id.kind === 'statistic' || text === 'duration' ? 'end' : 'start',
    isPinned,
    isSortable: isSortable(id),
    render: (row) => (
      <>
        {isName && markOf?.(row)}
        {row.kind === 'group' && groupCell(row, id)}
        {row.kind === 'run' &&
          (id.kind === 'statistic' ? (
            <Figure value={statisticOf(row.run.runId, id)} isFailed={failedIds.has(row.run.runId)} />
          ) : (
            runCell(row, id, experimentNames)
          ))}
      </>
    ),
  };
}

interface FigureProps {
  readonly value: number | undefined;
  readonly isFailed: boolean;
}

function Figure({ value, isFailed }: FigureProps) {
  if (value !== undefined) return <NumberText value={value} />;
  return isFailed ? <span className={styles.context}>not read</span> : null;
}

function overlineOf(id: ColumnId): string | undefined {
  if (id.kind === 'attribute') return undefined;
  return id.kind === 'statistic' ? STATISTIC_OVERLINES[id.statistic] : OVERLINES[id.kind];
}

const titleOf = (id: ColumnId): string =>
  id.kind === 'attribute' ? (ATTRIBUTES.find(({ name }) => name === id.name)?.title ?? id.name) : id.key;

function runCell(row: SingleRow, id: ColumnId, names: ReadonlyMap<string, string>) {
  const { run } = row;
  if (id.kind === 'metric') {
    const metric = run.metrics.get(id.key);
    return metric && <NumberText value={metric.value} />;
  }
  if (id.kind !== 'attribute') return <Text text={runValue(run, id)} />;
  switch (id.name) {
    case 'name':
      return <RunName row={row} />;
    case 'status':
      return <StatusText status={run.status} />;
    case 'created':
      return <TimeAgo timeMs={run.startTime} />;
    case 'ended':
      return run.endTime === undefined ? null : <TimeAgo timeMs={run.endTime} />;
    case 'duration':
      return <RunDuration run={run} />;
    case 'experiment':
      return <Text text={names.get(run.experimentId) ?? run.experimentId} />;
    case 'version':
      return <Text text={runValue(run, id)} shown={String(runValue(run, id) ?? '').slice(0, COMMIT_LENGTH)} />;
    case 'source':
      return <Text text={String(runValue(run, id) ?? '')} shown={fileOf(String(runValue(run, id) ?? ''))} />;
    default:
      return <Text text={runValue(run, id)} />;
  }
}

const COMMIT_LENGTH = 8;

/** The last part of a path: what people know a script by. */
const fileOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function RunName({ row: { run, isContext, family } }: { readonly row: SingleRow }) {
  const name = run.runName || run.runId;
  return (
    <>
      <StatusMark status={run.status} />
      <Link href={links.run(run.runId)} className={styles.name} title={name} tabIndex={-1}>
        {name}
      </Link>
      {isContext && (
        <span className={styles.context} title="The filter did not find this run; it is here for its children">
          parent
        </span>
      )}
      {family !== undefined && (
        <span className={styles.context}>
          {formatNumber(family.shown)} of {formatCount(family.total, 'child', 'children')}
        </span>
      )}
    </>
  );
}

interface TextProps {
  readonly text: string | number | undefined;
  /** What stands for it; all of it shows on hover. */
  readonly shown?: string;
}

function Text({ text, shown }: TextProps) {
  if (text === undefined || text === '') return null;
  return (
    <span className={styles.text} title={String(text)}>
      {shown ?? text}
    </span>
  );
}

function groupCell(row: Extract<RunRow, { kind: 'group' }>, id: ColumnId) {
  if (id.kind === 'attribute' && id.name === 'name') {
    return (
      <span className={styles.text} title={row.label}>
        {row.label}{' '}
        <span className={styles.count}>
          {formatCount(row.runs.length, 'run')}
          {row.isComplete ? '' : ' so far'}
        </span>
      </span>
    );
  }
  const mean = id.kind === 'metric' ? meanOf(row.runs, id.key) : undefined;
  return (
    mean !== undefined && (
      <span className={styles.mean} title={`Mean of ${formatCount(row.runs.length, 'run')}`}>
        <NumberText value={mean} />
      </span>
    )
  );
}
