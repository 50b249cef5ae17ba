import { links } from '../../routes/links.ts';

/** An entry of the bar. The pages that come (Traces, Audit, Webhooks) are a line each. */
export interface NavigationEntry {
  readonly title: string;
  readonly path: string;
  /** Paths below which the entry counts as the current one. */
  readonly isCurrent: (path: string) => boolean;
}

const isBelow =
  (...roots: readonly string[]) =>
  (path: string): boolean =>
    roots.some((root) => path === root || path.startsWith(`${root}/`));

export const NAVIGATION: readonly NavigationEntry[] = [
  {
    title: 'Experiments',
    path: links.experiments(),
    isCurrent: (path) => path === '/' || isBelow('/experiments', '/runs', '/compare')(path),
  },
  { title: 'Models', path: links.models(), isCurrent: isBelow('/models', '/promotions') },
  { title: 'Settings', path: links.settings(), isCurrent: isBelow('/settings') },
];

/** The pages that the palette leads to: those of the bar, and those below one of them. */
export const PALETTE_PAGES: readonly Pick<NavigationEntry, 'title' | 'path'>[] = [
  ...NAVIGATION,
  { title: 'Promotions', path: links.promotions() },
];
