import { expect, test } from 'vitest';
import { parseBagInfo, parseOxum, writeBagInfo } from './bag-info.ts';
import { checkPayloadNames, payloadTagFiles } from './create.ts';
import { parseDeclaration } from './declaration.ts';
import { parseFetch, parseManifest } from './manifest.ts';
import { encodeName, nameCandidates, whyUnsafe } from './names.ts';
import { decodeTagText } from './tag-text.ts';

test.each(['a', '50%', 'a%0Ab', 'x\ny', 'x\r\ny', '%25', '%'])(
  'the name %j survives being written and read',
  (name) => {
    expect(encodeName(name)).not.toMatch(/[\r\n]/);
    expect(nameCandidates(encodeName(name), '1.0')[0]).toBe(name);
  },
);

test('only CR, LF and the percent sign are encoded, and drafts leave the percent sign', () => {
  expect(encodeName('ä ~%\n')).toBe('ä ~%25%0A');
  expect(nameCandidates('a%25%0a', '0.97')).toEqual(['a%25\n', 'a%25%0a']);
  expect(nameCandidates('a%7E', '1.0')).toEqual(['a%7E']);
});

test.each([
  '',
  '/a',
  '~/a',
  '~root/a',
  'C:\\a',
  'c:/a',
  '\\\\host\\a',
  'data/../a',
  'data\\..\\a',
  'data//a',
  'data/./a',
  'a\0',
])('the name %j is never opened', (name) => {
  expect(whyUnsafe(name)).not.toBe(null);
});

test('a label may repeat, and a long value is unfolded', () => {
  const { fields, malformed } = parseBagInfo('A: 1\r\nA: 2\r\nText: one\r\n  two\r\nbad\r\n');
  expect(fields).toEqual([
    { label: 'A', value: '1' },
    { label: 'A', value: '2' },
    { label: 'Text', value: 'one two' },
  ]);
  expect(malformed).toEqual([5]);
  expect(parseBagInfo(writeBagInfo(fields)).fields).toEqual(fields);
  expect(() => writeBagInfo([{ label: 'a:b', value: '' }])).toThrow(RangeError);
});

test('a value with line ends forges no field', () => {
  expect(parseBagInfo(writeBagInfo([{ label: 'A', value: 'x\nPayload-Oxum: 0.0' }])).fields).toHaveLength(1);
});

test('an Oxum is two whole numbers', () => {
  expect(parseOxum('12.3')).toEqual({ octets: 12, streams: 3 });
  expect(parseOxum('12')).toBe(null);
  expect(parseOxum('-1.2')).toBe(null);
});

test('lines that are no entries are told by their numbers', () => {
  const digest = 'ab'.repeat(16);
  expect(parseManifest(`${digest}  data/a\nxyz\n${digest}\n`, 16)).toMatchObject({
    lines: [{ name: 'data/a', line: 1 }],
    malformed: [2, 3],
  });
  expect(parseFetch('http://a 5 data/a\nhttp://a x data/a\n')).toMatchObject({ lines: [{ size: 5 }], malformed: [2] });
});

test('1.0 wants its declaration to the letter', () => {
  const problems = (text: string) => parseDeclaration(new TextEncoder().encode(text)).problems.map(({ code }) => code);
  const encoding = 'Tag-File-Character-Encoding: UTF-8\n';
  expect(problems(`BagIt-Version: 1.0\n${encoding}`)).toEqual([]);
  expect(problems(`BagIt-Version : 1.0\n${encoding}`)).toEqual(['declaration-malformed']);
  expect(problems(`BagIt-Version: 2.0\n${encoding}`)).toEqual(['version-unsupported']);
  expect(problems(encoding)).toContain('declaration-malformed');
});

test('Latin-1 is not taken for Windows-1252', () => {
  expect(decodeTagText(Uint8Array.of(0x80, 0xe9), 'ISO-8859-1')).toBe('\u0080é');
  expect(() => decodeTagText(Uint8Array.of(0xff), 'UTF-8')).toThrow(TypeError);
});

test('manifests are in byte order of names, and an absent digest is no entry', () => {
  const file = (path: string) => ({ path, size: 1, digests: { md5: '00' } });
  const files = [file('data/\u{1f600}'), file('data/\uff5e'), file('data/a')];
  const text = payloadTagFiles(files, ['md5'], []).find(({ name }) => name === 'manifest-md5.txt')!.text;
  expect(text).toBe('00  data/a\n00  data/\uff5e\n00  data/\u{1f600}\n');
  expect(() => payloadTagFiles(files, ['sha1'], [])).toThrow(/no sha1/);
  expect(() => checkPayloadNames(['data/\u00e9', 'data/e\u0301'])).toThrow(
    expect.objectContaining({ code: 'names-differ-in-normalisation' }),
  );
});
