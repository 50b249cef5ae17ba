import DOMPurify from 'dompurify';
import { marked } from 'marked';
import { useMemo } from 'react';

/** Styles and forms have no place in a note: the content security policy would block the ones, the others could lure. */
const FORBIDDEN = {
  FORBID_TAGS: ['style', 'form', 'input', 'button', 'textarea', 'select', 'iframe', 'object', 'embed'],
  FORBID_ATTR: ['style', 'id', 'name', 'class'],
};

/** Markdown as sanitised HTML; links lead out in a tab of their own. */
export function RenderedMarkdown({ text }: { readonly text: string }) {
  const html = useMemo(() => DOMPurify.sanitize(marked.parse(text, { async: false }), FORBIDDEN), [text]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: DOMPurify has just cleaned it.
  return <div ref={openLinksApart} dangerouslySetInnerHTML={{ __html: html }} />;
}

function openLinksApart(element: HTMLElement | null): void {
  for (const link of element?.querySelectorAll('a') ?? []) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  }
}
