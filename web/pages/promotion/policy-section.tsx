import { useState } from 'react';
import type { PromotionPolicy } from '../../api/promotion-policies.ts';
import { Button } from '../../ui/button/button.tsx';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import { Nothing, Section } from '../../ui/page/section.tsx';
import { Loading, Trouble } from '../../ui/states/states.tsx';
import { DeletePolicyDialog } from './delete-policy-dialog.tsx';
import { PolicyDialog } from './policy-dialog.tsx';
import styles from './promotion.module.css';
import { demandTexts, targetsText } from './rule-text.ts';
import { usePolicies } from './use-promotion.ts';

interface Props {
  readonly title: string;
  /** The model that the page is about; undefined for all of them. */
  readonly name: string | undefined;
  /** Whether that of all models is meant. */
  readonly isOfAllModels: boolean;
  /** What holds when there is none. */
  readonly none: string;
  readonly mayChange: boolean;
}

/** What versions need before they are promoted: the rules, in words, and the way to change them. */
export function PolicySection({ title, name, isOfAllModels, none, mayChange }: Props) {
  const [dialog, setDialog] = useState<'edit' | 'delete'>();
  const close = () => setDialog(undefined);
  const { data, error, refetch } = usePolicies(name);
  const policy = isOfAllModels ? data?.ofAll : data?.own;
  const whose = isOfAllModels ? undefined : name;
  return (
    <Section
      title={title}
      tools={
        mayChange &&
        data !== undefined && (
          <div className={styles.buttons}>
            <Button
              icon="edit"
              aria-label={`${policy ? 'Edit' : 'Set'} ${title.toLowerCase()}`}
              onClick={() => setDialog('edit')}
            >
              {policy ? 'Edit' : 'Set'}
            </Button>
            {policy && (
              <Button
                look="quiet"
                icon="trash"
                aria-label={`Delete ${title.toLowerCase()}`}
                onClick={() => setDialog('delete')}
              >
                Delete
              </Button>
            )}
          </div>
        )
      }
    >
      {data === undefined && error === null && <Loading what="the policy" />}
      {data === undefined && error !== null && (
        <Trouble title="The policy cannot be shown" error={error} onRetry={() => void refetch()} />
      )}
      {data !== undefined && !policy && <Nothing>{none}</Nothing>}
      {policy && <PolicyText policy={policy} />}
      {dialog === 'edit' && <PolicyDialog title={title} name={whose} policy={policy} onClose={close} />}
      {dialog === 'delete' && <DeletePolicyDialog name={whose} onClose={close} />}
    </Section>
  );
}

function PolicyText({ policy: { rules, protectedAliases, setBy, setTime } }: { readonly policy: PromotionPolicy }) {
  return (
    <>
      {rules.length > 0 && (
        <ol className={styles.rules}>
          {rules.map((rule) => (
            <li key={JSON.stringify(rule)}>
              Before <strong>{targetsText(rule)}</strong>, a version needs:
              <ul>
                {demandTexts(rule).map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
      {protectedAliases.length > 0 && (
        <p>Versions under {protectedAliases.map((alias) => `@${alias}`).join(', ')} cannot be deleted.</p>
      )}
      <p className={styles.quiet}>
        Set {setBy !== '' && `by ${setBy} `}
        <TimeAgo timeMs={setTime} />
      </p>
    </>
  );
}
