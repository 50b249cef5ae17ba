import { useState } from 'react';
import type { PromotionPolicy } from '../../api/promotions.ts';
import { Button } from '../../ui/button/button.tsx';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import { Nothing, Section } from '../../ui/page/section.tsx';
import { Loading, Trouble } from '../../ui/states/states.tsx';
import { DeletePolicyDialog } from './delete-policy-dialog.tsx';
import { PolicyDialog } from './policy-dialog.tsx';
import styles from './promotion.module.css';
import { demandTexts, targetsText } from './rule-text.ts';
import { usePolicy } from './use-promotion.ts';

interface Props {
  readonly title: string;
  /** Whose it is; undefined for that of all models. */
  readonly name: string | undefined;
  /** What holds when there is none. */
  readonly none: string;
  readonly mayChange: boolean;
}

/** What versions need before they are promoted: the rules, in words, and the way to change them. */
export function PolicySection({ title, name, none, mayChange }: Props) {
  const [dialog, setDialog] = useState<'edit' | 'delete'>();
  const close = () => setDialog(undefined);
  const { data, error, refetch } = usePolicy(name);
  return (
    <Section
      title={title}
      tools={
        mayChange &&
        data !== undefined && (
          <div className={styles.buttons}>
            <Button icon="edit" aria-label={`Edit ${title.toLowerCase()}`} onClick={() => setDialog('edit')}>
              {data === null ? 'Set a policy' : 'Edit'}
            </Button>
            {data !== null && (
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
      {data === null && <Nothing>{none}</Nothing>}
      {data && <PolicyText policy={data} />}
      {dialog === 'edit' && <PolicyDialog title={title} name={name} policy={data ?? undefined} onClose={close} />}
      {dialog === 'delete' && <DeletePolicyDialog name={name} onClose={close} />}
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
