import { PAGES, type PageName } from './page-paths.ts';

/** The addresses of what each page loads at once; the builder fills them in. */
declare const PAGE_FILES: Readonly<Record<PageName, readonly string[]>>;

/** Has the code of a path's page fetched beside that of the frame around it, not after. */
export function preloadPage(pathname: string): void {
  const found = Object.entries(PAGES).find(([path]) => patternOf(path).test(pathname));
  for (const href of found ? PAGE_FILES[found[1]] : []) {
    const link = Object.assign(document.createElement('link'), { rel: 'modulepreload', href });
    document.head.append(link);
  }
}

/** Not URLPattern: the first one takes a browser longer than the rest of this script. */
const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}/?$`);
