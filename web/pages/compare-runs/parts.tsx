import type { ComponentType } from 'react';
import { Link, useSearch } from 'wouter';
import type { Run } from '../../api/runs.ts';
import { links } from '../../routes/links.ts';
import { late } from '../../ui/late/late.tsx';
import { Loading } from '../../ui/states/states.tsx';
import { choiceField, textField, writeState } from '../../ui/url-state/url-state.ts';
import tabs from '../run/run.module.css';
import { ValuesView } from './values-view.tsx';

export interface PartProps {
  readonly runs: readonly Run[];
  readonly onRemove: (runId: string) => void;
}

interface Part {
  readonly id: string;
  readonly title: string;
  readonly part: ComponentType<PartProps>;
}

const latePart = (id: string, title: string, load: () => Promise<ComponentType<PartProps>>): Part => ({
  id,
  title,
  part: late(load, () => <Loading what={title} />),
});

/** What is compared of runs: `id` stands in the URL. */
const PARTS: readonly [Part, ...Part[]] = [
  { id: 'values', title: 'Values', part: ValuesView },
  latePart('charts', 'Charts', () => import('../../charts/charts-view.tsx').then(({ ChartsView }) => ChartsView)),
  latePart('artifacts', 'Artifacts', () =>
    import('./artifacts/compare-artifacts.tsx').then(({ CompareArtifacts }) => CompareArtifacts),
  ),
];

/** What the page keeps in its URL about them. */
export const partsSchema = {
  show: choiceField(
    PARTS.map(({ id }) => id),
    PARTS[0].id,
  ),
} as const;

/** What is looked for in one part is nothing that the next is about. */
const linkSchema = { ...partsSchema, find: textField() } as const;

/** The part that an id names. */
export const partOf = (shown: string): Part => PARTS.find(({ id }) => id === shown) ?? PARTS[0];

/** Leads from one part to another, with the rest of the URL as it is. */
export function PartLinks({ shown }: { readonly shown: string }) {
  const search = useSearch();
  return (
    <nav aria-label="What is compared" className={tabs.tabs}>
      {PARTS.map(({ id, title }) => (
        <Link
          key={id}
          href={links.comparison(writeState(linkSchema, search, { show: id, find: '' }))}
          className={tabs.tab}
          aria-current={id === shown ? 'page' : undefined}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}
