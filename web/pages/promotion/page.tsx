import { Link } from 'wouter';
import type { RequestState } from '../../api/promotions.ts';
import { links } from '../../routes/links.ts';
import { Select } from '../../ui/form/field.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { Section } from '../../ui/page/section.tsx';
import { Sections } from '../../ui/page/sections.tsx';
import { useSession } from '../../ui/session/use-session.ts';
import { usePageTitle } from '../../ui/shell/page-title.ts';
import { choiceField } from '../../ui/url-state/url-state.ts';
import { useUrlState } from '../../ui/url-state/use-url-state.ts';
import { PolicySection } from './policy-section.tsx';
import { RequestTable } from './request-table.tsx';

const STATES = ['OPEN', 'PROMOTED', 'WITHDRAWN', 'ALL'] as const;
type ShownState = (typeof STATES)[number];

const OPTIONS: readonly { readonly value: ShownState; readonly text: string }[] = [
  { value: 'OPEN', text: 'Open' },
  { value: 'PROMOTED', text: 'Promoted' },
  { value: 'WITHDRAWN', text: 'Withdrawn' },
  { value: 'ALL', text: 'All' },
];

const schema = { state: choiceField<ShownState>(STATES, 'OPEN') } as const;

/** Who asks for which promotions, of all models that one may read; and the policy of all of them. */
export function PromotionsPage() {
  usePageTitle('Promotions');
  const session = useSession();
  const [{ state }, change] = useUrlState(schema);
  const wanted: RequestState | undefined = state === 'ALL' ? undefined : state;
  const mayChange = session.kind === 'open' || (session.kind === 'signedIn' && session.user.isAdmin);
  return (
    <>
      <PageHeader title="Promotions" aside={<Link href={links.models()}>All models</Link>} />
      <Sections>
        <Section
          title="Requests"
          tools={
            <Select
              label="State of the requests"
              value={state}
              options={OPTIONS}
              onChange={(next) => change({ state: next })}
            />
          }
        >
          <RequestTable
            search={{ state: wanted }}
            none={
              state === 'OPEN'
                ? 'No request is open. One begins on the page of a version.'
                : 'There is no such request.'
            }
          />
        </Section>
        <PolicySection
          title="Policy of all models"
          name={undefined}
          isOfAllModels
          none="There is none: each model is held to its own policy alone, and who may edit one without may promote what they like."
          mayChange={mayChange}
        />
      </Sections>
    </>
  );
}
