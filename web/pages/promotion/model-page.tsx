import { Link, useParams } from 'wouter';
import { decodeParam } from '../../routes/decode-param.ts';
import { links } from '../../routes/links.ts';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { Section } from '../../ui/page/section.tsx';
import { Sections } from '../../ui/page/sections.tsx';
import { usePageTitle } from '../../ui/shell/page-title.ts';
import { Loading, Trouble } from '../../ui/states/states.tsx';
import { useModel } from '../model/use-model.ts';
import { HistorySection } from './history-section.tsx';
import { PolicySection } from './policy-section.tsx';
import { RequestTable } from './request-table.tsx';

/** The promotions of a model: who asks for what, what is in use and was, and what its gates demand. */
export function ModelPromotionsPage() {
  const { name: encoded = '' } = useParams<{ name: string }>();
  const name = decodeParam(encoded);
  usePageTitle(`Promotions of ${name}`);
  const { data: model, error, refetch } = useModel(name);
  if (model === undefined) {
    if (error === null) return <Loading what="the model" />;
    return <Trouble title="The model cannot be shown" error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <PageHeader
        title="Promotions"
        aside={
          <>
            of <Link href={links.model(name)}>{name}</Link> · <Link href={links.promotions()}>of all models</Link>
          </>
        }
      />
      <Sections>
        <Section title="Requests">
          <RequestTable
            search={{ name }}
            none="Nobody has asked for a promotion. It begins on the page of a version."
          />
        </Section>
        <HistorySection model={model} />
        <PolicySection
          title="Policy of this model"
          name={name}
          isOfAllModels={false}
          none="It has none of its own: what the policy of all models demands is all that versions need."
          mayChange
        />
        <PolicySection
          title="Policy of all models"
          name={name}
          isOfAllModels
          none="There is none. A model’s own policy adds to it."
          mayChange={false}
        />
      </Sections>
    </>
  );
}
