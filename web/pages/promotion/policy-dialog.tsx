import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type PromotionPolicy, setPolicy } from '../../api/promotion-policies.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { TextField } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { tell } from '../../ui/toasts/toast-store.ts';
import { refreshModels } from '../model/version-actions.ts';
import { draftOf, NEW_RULE, policyOf, type RuleDraft } from './policy-draft.ts';
import { RuleFields } from './rule-fields.tsx';

interface Props {
  readonly title: string;
  /** Whose it is; undefined for that of all models. */
  readonly name: string | undefined;
  /** What is there; undefined for a new one. */
  readonly policy: PromotionPolicy | undefined;
  readonly onClose: () => void;
}

/** A rule, with a number that stays its own while others come and go. */
interface Numbered {
  readonly id: number;
  readonly draft: RuleDraft;
}

/** The rules of a policy, to be typed; they are replaced as a whole. */
export function PolicyDialog({ title, name, policy, onClose }: Props) {
  const client = useQueryClient();
  const [rules, setRules] = useState<readonly Numbered[]>(() =>
    (policy ? policy.rules.map(draftOf) : [NEW_RULE]).map((draft, id) => ({ id, draft })),
  );
  const [aliases, setAliases] = useState((policy?.protectedAliases ?? []).join(', '));
  const add = () => setRules([...rules, { id: Math.max(-1, ...rules.map(({ id }) => id)) + 1, draft: NEW_RULE }]);
  const change = (id: number, draft: RuleDraft) =>
    setRules(rules.map((rule) => (rule.id === id ? { id, draft } : rule)));
  const submit = async () => {
    const drafts = rules.map(({ draft }) => draft);
    await setPolicy(name, policyOf(drafts, aliases));
    await refreshModels(client);
    onClose();
    tell(`The policy of ${name === undefined ? 'all models' : `“${name}”`} is set.`);
  };
  return (
    <Dialog title={title} onClose={onClose} size="large" isFirm>
      <Form submitLabel="Save policy" onSubmit={submit} onCancel={onClose}>
        {rules.map(({ id, draft }, at) => (
          <RuleFields
            key={id}
            number={at + 1}
            rule={draft}
            onChange={(next) => change(id, next)}
            onRemove={() => setRules(rules.filter((rule) => rule.id !== id))}
          />
        ))}
        <div>
          <Button icon="plus" onClick={add}>
            Add a rule
          </Button>
        </div>
        <TextField
          label="Further aliases whose versions cannot be deleted"
          hint="With commas between them."
          value={aliases}
          onChange={(event) => setAliases(event.target.value)}
        />
      </Form>
    </Dialog>
  );
}
