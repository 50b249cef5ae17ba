const ENTITY_OF: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text that an XML parser reads back as it was: markup and control characters (a bare CR would become LF) as references. */
const escapeXml = (text: string): string =>
  text.replace(/[&<>"'\p{Cc}\ufffe\uffff]/gu, (c) => ENTITY_OF[c] ?? `&#x${c.charCodeAt(0).toString(16)};`);

/** An element with text inside; nothing at all when the value is absent. */
export const textElement = (name: string, value: string | number | boolean | undefined): string =>
  value === undefined ? '' : `<${name}>${escapeXml(String(value))}</${name}>`;

/** An element with elements inside (given as XML). */
export const element = (name: string, ...children: readonly string[]): string =>
  `<${name}>${children.join('')}</${name}>`;

/** A whole answer in S3's namespace. */
export const xmlDocument = (name: string, ...children: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${children.join('')}</${name}>`;

/** S3's error document, which has no namespace. */
export const errorDocument = (error: {
  code: string;
  message: string;
  resource: string;
  requestId: string;
}): string => {
  const { code, message, resource, requestId } = error;
  const fields = [
    textElement('Code', code),
    textElement('Message', message),
    textElement('Resource', resource),
    textElement('RequestId', requestId),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('Error', ...fields)}`;
};
