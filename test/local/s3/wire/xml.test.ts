import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childrenOf, parseXml, textOf } from '../../../../local/s3/wire/parse-xml.ts';
import { element, textElement, xmlDocument } from '../../../../local/s3/wire/write-xml.ts';

describe('XML', () => {
  it('reads back any text it wrote', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(text, (value) => {
        expect(textOf(parseXml(xmlDocument('Root', textElement('Key', value)), 'Root'), 'Key')).toBe(value);
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  it('reads what clients send: prologue, namespaces, comments, CDATA, white space, references', () => {
    const source = `\ufeff<?xml version="1.0"?>\n<!-- hi --><d:Delete xmlns:d="urn:x" a='1'>
      <Object><Key>a&amp;b&#65;&#x42;</Key></Object><Object ><Key><![CDATA[<raw>]]></Key></Object><Quiet/>\r\n</d:Delete>\n`;
    const root = parseXml(source, 'Delete');
    expect(childrenOf(root, 'Object').map((object) => textOf(object, 'Key'))).toEqual(['a&bAB', '<raw>']);
    expect(textOf(root, 'Quiet')).toBe('');
  });

  it.each([
    '',
    'text',
    '<Other/>',
    '<Delete>',
    '<Delete></Other>',
    '<Delete/><Delete/>',
    '</Delete>',
    '<Delete>&unknown;</Delete>',
    '<Delete>&#x110000;</Delete>',
    '<Delete>a & b</Delete>',
    '<!DOCTYPE Delete [<!ENTITY a "b">]><Delete>&a;</Delete>',
    '<Delete><',
    '<a>'.repeat(1000),
  ])('refuses %j', (source) => {
    expect(() => parseXml(source, 'Delete')).toThrow(/not well-formed/);
  });

  it('leaves absent fields out', () => {
    expect(element('A', textElement('B', undefined), textElement('C', 1))).toBe('<A><C>1</C></A>');
  });
});
