import { S3Error } from '../s3-error.ts';

/** An element of a request body: its name without prefix, the text directly inside, its child elements in order. */
export type XmlElement = { readonly name: string; readonly text: string; readonly children: readonly XmlElement[] };

type OpenElement = { name: string; text: string; children: XmlElement[] };

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([^\s<>/!?]+)(?:\s[^<>]*?)?(\/?)>|([^<]+)/y;
const MAX_DEPTH = 16;

const CHARACTER_OF: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const malformed = (): S3Error =>
  new S3Error(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );

const codePoint = (digits: string, radix: number): string => {
  const code = Number.parseInt(digits, radix);
  if (!(code <= 0x10ffff)) throw malformed();
  return String.fromCodePoint(code);
};

const decodeReference = (reference: string): string => {
  const body = reference.slice(1, -1);
  if (/^#x[0-9a-f]+$/i.test(body)) return codePoint(body.slice(2), 16);
  if (/^#[0-9]+$/.test(body)) return codePoint(body.slice(1), 10);
  const character = CHARACTER_OF[body];
  if (character === undefined) throw malformed();
  return character;
};

const decodeText = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/&[^;&\s]{0,12};?/g, decodeReference);

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const close = (stack: OpenElement[], name: string): void => {
  const [done, parent] = [stack.pop(), stack.at(-1)];
  if (done === undefined || parent === undefined || done.name !== name) throw malformed();
  parent.children.push(done);
};

const open = (stack: OpenElement[], name: string): void => {
  if (stack.length > MAX_DEPTH) throw malformed();
  stack.push({ name, text: '', children: [] });
};

const takeToken = (stack: OpenElement[], token: RegExpExecArray): void => {
  const [, cdata, slash, name, selfClosing, text] = token;
  const top = stack.at(-1);
  if (top === undefined) throw malformed();
  if (cdata !== undefined) top.text += cdata;
  if (text !== undefined) top.text += decodeText(text);
  if (name === undefined) return;
  if (slash === '/') {
    close(stack, localName(name));
    return;
  }
  open(stack, localName(name));
  if (selfClosing === '/') close(stack, localName(name));
};

/** Reads the small documents S3 clients send; 400 MalformedXML for the rest. No DTD, so no entity can expand. */
export const parseXml = (source: string, rootName: string): XmlElement => {
  const document: OpenElement = { name: '', text: '', children: [] };
  const stack = [document];
  const tokens = new RegExp(TOKEN);
  const text = source.replace(/^\ufeff/, '');
  while (tokens.lastIndex < text.length) {
    const token = tokens.exec(text);
    if (token === null) throw malformed();
    takeToken(stack, token);
  }
  const [root, ...others] = document.children;
  const isWhole = stack.length === 1 && others.length === 0 && document.text.trim() === '';
  if (!isWhole || root?.name !== rootName) throw malformed();
  return root;
};

/** The child elements of that name. */
export const childrenOf = (parent: XmlElement, name: string): readonly XmlElement[] =>
  parent.children.filter((child) => child.name === name);

/** The text of the first child of that name, or undefined. */
export const textOf = (parent: XmlElement, name: string): string | undefined => childrenOf(parent, name)[0]?.text;
