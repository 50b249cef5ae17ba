import { useQueryClient } from '@tanstack/react-query';
import { queryKeys } from '../../../api/query-keys.ts';
import { RUN_STATUSES } from '../../../api/runs.ts';
import { Button } from '../../../ui/button/button.tsx';
import { NumberText } from '../../../ui/format/number-text.tsx';
import { formatExact } from '../../../ui/format/time.ts';
import { Empty } from '../../../ui/states/states.tsx';
import { StatusText } from '../../../ui/status/run-status.tsx';
import { useDrawnRows } from '../../../ui/table/drawn-rows.ts';
import { Space } from '../../../ui/table/space.tsx';
import type { TabProps } from '../tabs.tsx';
import styles from './activity.module.css';
import { type ActivityEntry, MOST_ENTRIES } from './activity-log.ts';

const ROW_HEIGHT = 30;
const ROWS_AROUND = 15;

/** What came in of a run while its page was open, the newest first. */
export function Activity({ run, activity: { entries, openedAt, count } }: TabProps) {
  const client = useQueryClient();
  const isRunning = run.status === 'RUNNING';
  const { scroller, indices, above, below } = useDrawnRows({
    count: entries.length,
    rowHeight: ROW_HEIGHT,
    around: ROWS_AROUND,
  });
  const about = (
    <p className={styles.about}>
      What came in since you opened this page, {formatExact(openedAt)}. While it is in view it looks every{' '}
      {isRunning ? '5 seconds' : 'minute, for the run does not run'}. Of a metric it sees the last value; those between
      two looks are in the chart. A reload begins anew.
      {count > MOST_ENTRIES &&
        ` The newest ${entries.length.toLocaleString('en-US')} of ${count.toLocaleString('en-US')} are kept.`}
    </p>
  );
  if (entries.length === 0) {
    return (
      <Empty title="Nothing has come in yet">
        {about}
        <div>
          <Button icon="refresh" onClick={() => void client.invalidateQueries({ queryKey: queryKeys.run(run.runId) })}>
            Look now
          </Button>
        </div>
      </Empty>
    );
  }
  return (
    <div className={styles.activity}>
      {about}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div ref={scroller} className={styles.scroller} tabIndex={0}>
        <table aria-label="Activity" className={styles.table} aria-rowcount={entries.length + 1}>
          <thead>
            <tr>
              <th scope="col">Seen</th>
              <th scope="col">What</th>
              <th scope="col">Is now</th>
            </tr>
          </thead>
          <tbody>
            <Space height={above} />
            {indices.map((index) => {
              const entry = entries[index];
              return entry && <Row key={entry.id} entry={entry} index={index} />;
            })}
            <Space height={below} />
          </tbody>
        </table>
      </div>
    </div>
  );
}

const TITLES: Readonly<Record<ActivityEntry['kind'], string>> = {
  metric: 'Metric',
  param: 'Param',
  tag: 'Tag',
  status: 'Status',
  name: 'Name',
  dataset: 'Dataset',
  model: 'Logged model',
};

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

function Row({ entry, index }: { readonly entry: ActivityEntry; readonly index: number }) {
  const { kind, key, seenAt } = entry;
  return (
    <tr aria-rowindex={index + 2}>
      <td>
        <time dateTime={new Date(seenAt).toISOString()} title={formatExact(seenAt)}>
          {time.format(seenAt)}
        </time>
      </td>
      <th scope="row" title={key}>
        <span className={styles.quiet}>{TITLES[kind]}</span> {key}
      </th>
      <td title={typeof entry.value === 'string' ? entry.value : undefined}>
        <Value entry={entry} />
      </td>
    </tr>
  );
}

function Value({ entry: { kind, value, step = 0 } }: { readonly entry: ActivityEntry }) {
  if (value === undefined) return <em>removed</em>;
  if (typeof value === 'number') {
    return (
      <>
        <NumberText value={value} /> <span className={styles.quiet}>at step {step.toLocaleString('en-US')}</span>
      </>
    );
  }
  const status = kind === 'status' ? RUN_STATUSES.find((each) => each === value) : undefined;
  return status === undefined ? value : <StatusText status={status} />;
}
