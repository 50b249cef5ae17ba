import type { ReactNode } from 'react';
import { RUN_STATUSES } from '../../api/runs.ts';
import { Button, IconButton } from '../../ui/button/button.tsx';
import { ComboBox } from '../../ui/combo-box/combo-box.tsx';
import { Select } from '../../ui/form/field.tsx';
import { Toolbar } from '../../ui/page/page-header.tsx';
import { STATUS_TITLES } from '../../ui/status/run-status.tsx';
import type { ChangeState } from '../../ui/url-state/use-url-state.ts';
import type { ValuedName, ValuesOf } from './filter/complete-filter.ts';
import { FilterBox } from './filter/filter-box.tsx';
import type { KeyCatalogue } from './key-catalogue.ts';
import styles from './runs.module.css';
import { PERIODS, type RunsState, type runsSchema } from './runs-state.ts';
import type { NewRunCount } from './use-new-runs.ts';

export const FILTER_ID = 'filter-runs';

const STAGES = [
  { value: 'active', text: 'Active' },
  { value: 'deleted', text: 'Deleted' },
] as const;

const STATUSES = [
  { value: 'any', text: 'Any status' },
  ...RUN_STATUSES.map((value) => ({ value, text: STATUS_TITLES[value] })),
] as const;

interface Props {
  readonly state: RunsState;
  readonly onChange: ChangeState<typeof runsSchema>;
  readonly keys: KeyCatalogue;
  readonly valuesOf: ValuesOf;
  readonly onWantValues: (name: ValuedName) => void;
  readonly children: ReactNode;
}

/** Which runs are shown, and how they are put together. */
export function RunsToolbar({ state, onChange, keys, valuesOf, onWantValues, children }: Props) {
  const groups = [
    ...keys.param.map((key) => `params.${key}`),
    ...keys.tag.map((key) => `tags.${key}`),
    'status',
    'user',
    ...keys.mlflowTag.map((key) => `tags.${key}`),
  ];
  return (
    <Toolbar label="Runs to show">
      <div className={styles.filter}>
        <FilterBox
          id={FILTER_ID}
          value={state.filter}
          keys={keys}
          valuesOf={valuesOf}
          onWantValues={onWantValues}
          onApply={(filter) => onChange({ filter, selected: [] })}
        />
      </div>
      <Select
        label="Status"
        value={state.status}
        options={STATUSES}
        onChange={(status) => onChange({ status, selected: [] })}
      />
      <Select
        label="Started"
        value={state.since}
        options={PERIODS}
        onChange={(since) => onChange({ since, selected: [] })}
      />
      <Select
        label="Stage"
        value={state.stage}
        options={STAGES}
        onChange={(stage) => onChange({ stage, selected: [] })}
      />
      {state.group === '' ? (
        <>
          <div className={styles.group}>
            <ComboBox
              label="Group by"
              placeholder="Group by…"
              items={groups}
              onChoose={(group) => onChange({ group, open: [] })}
            />
          </div>
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={state.nested}
              onChange={(event) => onChange({ nested: event.target.checked })}
            />
            Nested
          </label>
        </>
      ) : (
        <span className={styles.chosen}>
          Grouped by {state.group}
          <IconButton icon="close" label="Do not group" onClick={() => onChange({ group: '' })} />
        </span>
      )}
      {children}
    </Toolbar>
  );
}

interface NewRunsProps extends NewRunCount {
  readonly onShow: () => void;
}

/** Tells that runs came since the table was read; they are not pushed under a reader's eyes. */
export function NewRuns({ count, hasMore, onShow }: NewRunsProps) {
  return (
    <div role="status">
      {count > 0 && (
        <Button icon="refresh" look="plain" onClick={onShow}>
          {count === 1 && !hasMore ? 'Show 1 new run' : `Show ${count}${hasMore ? '+' : ''} new runs`}
        </Button>
      )}
    </div>
  );
}
