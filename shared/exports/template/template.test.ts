import { expect, test } from 'vitest';
import { openBatch } from '../../batch/reader.ts';
import { writeBatch } from '../../batch/writer.ts';
import { ByteBuilder } from '../../formats/byte-builder.ts';
import { algorithmsOf, parseTemplate, TemplateError } from './parse.ts';
import { templateWriter } from './write.ts';

const digest = (length: number): Uint8Array => Uint8Array.from({ length }, (_, n) => 0xa0 + n);

function lines(template: string, name: string, options = {}) {
  const record = { entryId: 0, name, size: 7, modifiedNs: 1_267_445_522_000_000_000n };
  const digests = { sha1: digest(20), md5: digest(16) };
  const algorithms = ['md5', 'sha1'] as const;
  const batch = openBatch(writeBatch({ jobId: 1, sequence: 0, algorithms, records: [{ ...record, digests }] }));
  const writer = templateWriter(parseTemplate(template), options);
  const out = new ByteBuilder();
  const refusal = writer.refusal?.(batch, 0);
  if (refusal === undefined) writer.record(out, batch, 0);
  return refusal ?? new TextDecoder().decode(out.take());
}

test('a line has what the template names', () => {
  expect(lines('{md5}  {path}', 'a/b c')).toBe('a0a1a2a3a4a5a6a7a8a9aaabacadaeaf  a/b c\n');
  expect(lines('{name}|{folder}|{size}|{modified}', 'a/b/c')).toBe('c|a/b|7|2010-03-01T12:12:02.000Z\n');
  expect(lines('{folder}|{folder}', 'c')).toBe('.|.\n');
  expect(lines('{folder}', '/c')).toBe('/\n');
});

test('digests are written in the form that is named', () => {
  expect(lines('{md5:upper}', 'a')).toBe('A0A1A2A3A4A5A6A7A8A9AAABACADAEAF\n');
  expect(lines('{md5:base64}', 'a')).toBe('oKGio6SlpqeoqaqrrK2urw==\n');
  expect(lines('{sha1:base32}', 'a')).toBe('UCQ2FI5EUWTKPKFJVKV2ZLNOV6YLDMVT\n');
});

test('escapes are what they are elsewhere', () => {
  expect(lines('\\{{size}\\}\\t\\\\\\n', 'a')).toBe('{7}\t\\\n\n');
});

test('a name with a line end is refused unless lines end with NUL or have no name', () => {
  expect(lines('{path}', 'a\nb')).toContain('line end');
  expect(lines('{path}', 'a\nb', { zero: true })).toBe('a\nb\0');
  expect(lines('{size}', 'a\nb')).toBe('7\n');
});

test('a file without a digest that is named has no line', () => {
  expect(lines('{sha256} {path}', 'a')).toBe('');
});

test.each([
  ['', 'nothing at character 1'],
  ['{sha256', "a '{' has no '}' at character 1"],
  ['a}', "a '}' has no '{'; as text it is written '\\}' at character 2"],
  ['{nosuch}', "'{nosuch}' is none of"],
  ['{size:upper}', "'{size:upper}' is none of"],
  ['{md5:octal}', "':octal' is none of :hex, :upper, :base64, :base32 at character 1"],
  ['\\x', "unknown escape '\\x' at character 1"],
  ['a\\', "unknown escape '\\' at character 2"],
  ['a\udc80', 'not UTF-8 at character 2'],
])('%j is refused with the position', (template, words) => {
  expect(() => parseTemplate(template)).toThrow(TemplateError);
  expect(() => parseTemplate(template)).toThrow(words);
});

test('the algorithms are those that are named', () => {
  expect(algorithmsOf(parseTemplate('{sha1} {md5:upper} {sha1:base64} {path}'))).toEqual(['sha1', 'md5']);
});
