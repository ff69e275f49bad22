import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childOf, childText, parseXml, type XmlElement } from './xml.ts';

const limits = { maxDepth: 20, maxElements: 1000 };
const show = ({ name, attributes, children, text }: XmlElement): string =>
  [name, ...[...attributes].map(([key, value]) => `@${key}=${value}`), text && `'${text}'`, ...children.map(show)]
    .filter((part) => part !== '')
    .join(' ')
    .replace(/^(.*)$/s, '($1)');
const outcome = (text: string) => {
  const read = parseXml(text, limits);
  return 'root' in read ? show(read.root) : `${read.damage.code} ${read.damage.line}`;
};

const cases: readonly (readonly [title: string, text: string, outcome: string])[] = [
  ['an element', '<a/>', '(a)'],
  [
    'byte order mark, declaration, comment',
    '\ufeff<?xml version="1.0"?>\n<!-- < x -->\n<a>1</a>\n<!-- -->\n',
    "(a '1')",
  ],
  ['attributes', `<a b="1" c = '"2" &amp; &#x33;'></a >`, '(a @b=1 @c="2" & 3)'],
  ['prefixes are dropped', '<m:a xmlns:m="x" m:b="1"><m:c/></m:a>', '(a @m=x @b=1 (c))'],
  ['text in parts', '<a>x<!-- y --> z &lt;<![CDATA[<&lt;]]></a>', "(a 'x z <<&lt;')"],
  ['text around children', '<a> x <b>1</b> y </a>', "(a 'x  y' (b '1'))"],
  ['an entity that is none', '<a>&copy; &#9999999; &</a>', "(a '&copy; &#9999999; &')"],
  ['empty', '', 'truncated 1'],
  ['text', 'hello', 'malformed 1'],
  ['cut off in a tag', '<a>\n<b c="', 'truncated 2'],
  ['cut off in a comment', '<a><!-- ', 'truncated 1'],
  ['cut off in text', '<a>\n\nx', 'truncated 3'],
  ['wrong end', '<a><b></a></b>', 'malformed 1'],
  ['two tops', '<a/><b/>', 'malformed 1'],
  ['no quotes', '<a b=1/>', 'malformed 1'],
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'unsupported 1'],
  ['too deep', '<a>'.repeat(21), 'too-deep 1'],
  ['as deep as may be', `${'<a>'.repeat(20)}${'</a>'.repeat(20)}`, `${'(a '.repeat(19)}(a${')'.repeat(20)}`],
  ['too many', `<a>${'<b/>\n'.repeat(1000)}</a>`, 'too-many 1000'],
  ['too many attributes', `<a ${Array.from({ length: 101 }, (_, i) => `b${i}=""`).join(' ')}/>`, 'too-many 1'],
];
for (const [title, text, expected] of cases) test(title, () => assert.equal(outcome(text), expected));

test('in linear time', () => {
  const start = performance.now();
  for (const text of ['<', '<a ', '<!--', '<a>', '&', '<a b="', '<![CDATA[', '<a\n', '</a'])
    outcome(`<a>${text.repeat(1_000_000)}`);
  outcome(`<a ${' '.repeat(4_000_000)}`);
  assert.ok(performance.now() - start < 3000);
});

test('children by name', () => {
  const read = parseXml('<a><b>1</b><b>2</b><c/></a>', limits);
  assert.ok('root' in read);
  assert.equal(childText(read.root, 'b'), '1');
  assert.equal(childText(read.root, 'c'), undefined);
  assert.equal(childOf(read.root, 'd'), undefined);
});
