import { expect, test } from 'vitest';
import { parseClassic, writeClassic } from '../mhl/classic.ts';
import { readXml } from './read-xml.ts';
import { escapeXml } from './write-xml.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => {
  const seen: string[] = [];
  readXml(bytes(text), { close: ({ path }, inside) => seen.push(`${path}=${inside}`) });
  return seen;
};

test('elements come with their text, their five entities and their characters by number', () => {
  expect(read('<a x="1"><b>1 &lt; 2 &amp; &#x33;</b><![CDATA[<c>]]></a>')).toEqual(['a/b=1 < 2 & 3', 'a=<c>']);
});

test.each([
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
  ['an entity that is not XML’s own', '<a>&nbsp;</a>'],
  ['deep nesting', `${'<a>'.repeat(40)}${'</a>'.repeat(40)}`],
  ['a text without end', `<a>${'x'.repeat(1_100_000)}</a>`],
  ['many attributes', `<a ${Array.from({ length: 100 }, (_, n) => `a${n}="1"`).join(' ')}/>`],
  ['two roots', '<a/><b/>'],
  ['an open element', '<a>'],
  ['another encoding', '<?xml version="1.0" encoding="UTF-16"?><a/>'],
  ['nothing', ''],
])('%s is refused', (_, text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: 'xml-malformed' }));
});

test('bytes that are not UTF-8 are refused', () => {
  expect(() => readXml(Uint8Array.of(0x3c, 0x61, 0x3e, 0xff), { close: () => undefined })).toThrow(/not UTF-8/);
});

test('characters that XML cannot hold are refused when writing', () => {
  expect(() => escapeXml('a\u0001')).toThrow(/cannot/);
  expect(() => escapeXml('\ud800')).toThrow(/cannot/);
  expect(escapeXml('a\n<"👍')).toBe('a&#10;&lt;&quot;👍');
});

const classic = (inside: string, version = '1.1') =>
  `<?xml version="1.0" encoding="UTF-8"?><hashlist version="${version}"><creatorinfo><tool>x</tool></creatorinfo>${inside}</hashlist>`;
const hash = (inside: string) => `<hash><file>A/b.mov</file><size>3</size>${inside}</hash>`;

test('a classic list reads xxhash64 from the little end and xxhash64be from the big one', () => {
  const inside = hash('<xxhash64>0102030405060708</xxhash64>') + hash('<xxhash64be>0807060504030201</xxhash64be>');
  const { entries } = parseClassic(bytes(classic(inside, '1.0')));
  expect(entries.map(({ digests }) => digests.xxh64)).toEqual(['0807060504030201', '0807060504030201']);
});

test.each([
  ['another version', classic('', '2.0'), 'mhl-version'],
  ['a digest of the wrong length', classic(hash('<md5>00</md5>')), 'mhl-malformed'],
  ['a file without a digest', classic(hash('')), 'mhl-malformed'],
  [
    'two digests that contradict each other',
    classic(hash(`<md5>${'0'.repeat(32)}</md5><md5>${'1'.repeat(32)}</md5>`)),
    'mhl-malformed',
  ],
])('a classic list with %s is refused', (_, text, code) => {
  expect(() => parseClassic(bytes(text))).toThrow(expect.objectContaining({ code }));
});

test('what is written as a classic list is read again', () => {
  const creator = {
    name: 'N',
    username: 'u',
    hostname: 'h',
    tool: 't',
    startDate: '2026-01-01T00:00:00Z',
    finishDate: '2026-01-01T00:00:01Z',
  };
  const text = writeClassic(creator, [{ path: 'a & b', size: 3, digests: { xxh64: '0102030405060708' } }]);
  expect(text).toContain('<xxhash64be>0102030405060708</xxhash64be>');
  expect(parseClassic(bytes(text)).entries).toMatchObject([
    { path: 'a & b', size: 3, digests: { xxh64: '0102030405060708' } },
  ]);
});
