import { COMPARATORS } from '../../api/promotion-policies.ts';
import { GATED_STAGES } from '../../api/promotion-target.ts';
import { Button, IconButton } from '../../ui/button/button.tsx';
import { CheckField, SelectField, TextField } from '../../ui/form/field.tsx';
import { type MetricDraft, NEW_METRIC, NEW_TAG, type RuleDraft, type TagDraft } from './policy-draft.ts';
import styles from './promotion.module.css';

interface Props {
  /** Its place among the rules, from 1. */
  readonly number: number;
  readonly rule: RuleDraft;
  readonly onChange: (rule: RuleDraft) => void;
  readonly onRemove: () => void;
}

/** What a rule stands before, and what it demands, to be typed. */
export function RuleFields({ number, rule, onChange, onRemove }: Props) {
  const set = (change: Partial<RuleDraft>) => onChange({ ...rule, ...change });
  return (
    <fieldset className={styles.rule}>
      <legend>Rule {number}</legend>
      <div className={styles.checks}>
        {GATED_STAGES.map((stage) => (
          <CheckField
            key={stage}
            label={`Before ${stage}`}
            isChecked={rule.stages.includes(stage)}
            onChange={(has) =>
              set({ stages: has ? [...rule.stages, stage] : rule.stages.filter((each) => each !== stage) })
            }
          />
        ))}
      </div>
      <TextField
        label="Before these aliases"
        hint="Such as champion, with commas between them."
        value={rule.aliases}
        onChange={(event) => set({ aliases: event.target.value })}
      />
      <MetricLines metrics={rule.metrics} onChange={(metrics) => set({ metrics })} />
      <TagLines tags={rule.tags} onChange={(tags) => set({ tags })} />
      <div className={styles.checks}>
        <CheckField
          label="Needs a signature"
          isChecked={rule.needsSignature}
          onChange={(needsSignature) => set({ needsSignature })}
        />
        <CheckField
          label="Needs a description"
          isChecked={rule.needsDescription}
          onChange={(needsDescription) => set({ needsDescription })}
        />
      </div>
      <ApprovalFields rule={rule} onChange={set} />
      <div>
        <Button look="quiet" icon="trash" onClick={onRemove}>
          Remove rule {number}
        </Button>
      </div>
    </fieldset>
  );
}

interface LinesProps<T> {
  readonly onChange: (lines: readonly T[]) => void;
}

/** The list with one of its lines changed, or taken away. */
const withLine = <T,>(lines: readonly T[], at: number, line: T | undefined): readonly T[] =>
  lines.flatMap((each, index) => (index === at ? (line === undefined ? [] : [line]) : [each]));

function MetricLines({ metrics, onChange }: LinesProps<MetricDraft> & { readonly metrics: readonly MetricDraft[] }) {
  return (
    <>
      {metrics.map((metric, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and hold no state of their own.
        <div key={at} className={styles.line}>
          <TextField
            label="Metric"
            required
            value={metric.key}
            onChange={(event) => onChange(withLine(metrics, at, { ...metric, key: event.target.value }))}
          />
          <div className={styles.short}>
            <SelectField
              label="Is"
              value={metric.comparator}
              options={COMPARATORS.map((value) => ({ value, text: value }))}
              onChange={(comparator) => onChange(withLine(metrics, at, { ...metric, comparator }))}
            />
          </div>
          <TextField
            label="Value of the metric"
            type="number"
            step="any"
            required
            value={metric.value}
            onChange={(event) => onChange(withLine(metrics, at, { ...metric, value: event.target.value }))}
          />
          <IconButton
            icon="trash"
            label={`Remove metric ${metric.key || at + 1}`}
            onClick={() => onChange(withLine(metrics, at, undefined))}
          />
        </div>
      ))}
      <div>
        <Button icon="plus" onClick={() => onChange([...metrics, NEW_METRIC])}>
          Add a metric
        </Button>
      </div>
    </>
  );
}

function TagLines({ tags, onChange }: LinesProps<TagDraft> & { readonly tags: readonly TagDraft[] }) {
  return (
    <>
      {tags.map((tag, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and hold no state of their own.
        <div key={at} className={styles.line}>
          <TextField
            label="Tag of the version"
            required
            value={tag.key}
            onChange={(event) => onChange(withLine(tags, at, { ...tag, key: event.target.value }))}
          />
          <TextField
            label="Value of the tag"
            placeholder="Any"
            value={tag.value}
            onChange={(event) => onChange(withLine(tags, at, { ...tag, value: event.target.value }))}
          />
          <IconButton
            icon="trash"
            label={`Remove tag ${tag.key || at + 1}`}
            onClick={() => onChange(withLine(tags, at, undefined))}
          />
        </div>
      ))}
      <div>
        <Button icon="plus" onClick={() => onChange([...tags, NEW_TAG])}>
          Add a tag
        </Button>
      </div>
    </>
  );
}

interface ApprovalProps {
  readonly rule: RuleDraft;
  readonly onChange: (change: Partial<RuleDraft>) => void;
}

function ApprovalFields({ rule, onChange }: ApprovalProps) {
  return (
    <>
      <TextField
        label="Approvals"
        hint="Of others than who made the version or asks for it; 0 for none."
        type="number"
        min={0}
        required
        value={rule.approvals}
        onChange={(event) => onChange({ approvals: event.target.value })}
      />
      {Number(rule.approvals) > 0 && (
        <div className={styles.line}>
          <TextField
            label="By these users"
            placeholder="Whoever may edit"
            value={rule.users}
            onChange={(event) => onChange({ users: event.target.value })}
          />
          <TextField
            label="Or by who has these roles"
            value={rule.roles}
            onChange={(event) => onChange({ roles: event.target.value })}
          />
        </div>
      )}
    </>
  );
}
