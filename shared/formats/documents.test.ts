/**
 * Every format against a plain description of its grammar over characters that stand for bytes, on
 * names that are made to break it. The writers take short ways for ordinary names; the bytes must
 * not tell.
 */
import { describe, expect, test } from 'vitest';
import { type BatchView, openBatch } from '../batch/reader.ts';
import { type RecordInput, writeBatch } from '../batch/writer.ts';
import type { ExportFormat } from '../contract/models.ts';
import { type AlgorithmName, algorithm } from '../tables/algorithms.ts';
import { type ErrorCode, errorCodes } from '../tables/error-codes.ts';
import { toBase32 } from '../text/base32.ts';
import { ByteBuilder } from './byte-builder.ts';
import { formatNames, formats } from './registry.ts';

const algorithms: readonly AlgorithmName[] = ['sha1', 'crc32', 'md5'];

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes as characters up to U+00FF, one each, and back. */
const characters = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf8 = (text: string): string => characters(encoder.encode(text));
const decoded = (text: string): string => decoder.decode(bytesOf(text));

function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** What names are made of: all that any format treats in its own way, and what none does. */
const pieces = [
  ...[
    '\\',
    '\n',
    '\r',
    '\t',
    '"',
    ',',
    ' ',
    '  ',
    '-',
    '*',
    '/',
    '(',
    ')',
    ' = ',
    '#',
    '%',
    ';',
    "'",
    '\0\x01\x1b[2J\x7f',
  ],
  ...['ä', '漢', '🙂', '\u0085', '\u2028', '\u202e', '\ufeff', '\ufffd'].map(utf8),
  ...['\xff', '\xc3', '\xed\xa0\x80', '\xf0\x9f'],
  ...['a', 'file', '.txt', 'x'.repeat(127), 'y'.repeat(200)],
];

const oddName = (random: (below: number) => number): string =>
  Array.from({ length: 1 + random(6) }, () => pieces[random(pieces.length)]!).join('');

const sizes = [0, 1, 9, 10, 99, 100, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 1e15, Number.MAX_SAFE_INTEGER];
const failures = [
  ['missing', 'ENOENT'],
  ['skipped', 'FIFO'],
  ['changed', 'MODIFIED'],
  ['unreadable', 'EOTHER'],
] as const;

function oddRecords(seed: number, count: number): RecordInput[] {
  const random = randomFrom(seed);
  const digest = (length: number): Uint8Array => Uint8Array.from({ length }, () => random(256));
  return Array.from({ length: count }, (_, entryId) => {
    const [status, error] = failures[random(failures.length)]!;
    const failed = random(4) === 0;
    return {
      entryId,
      name: bytesOf(oddName(random)),
      size: sizes[random(sizes.length)]!,
      digests: { sha1: digest(20), crc32: digest(4), md5: digest(16) },
      ...(failed ? { status, error } : {}),
      ...(failed && error === 'EOTHER' ? { errorText: 'Quota, "full"\n' } : {}),
    };
  });
}

interface Plain {
  /** Characters stand for bytes. */
  readonly name: string;
  readonly size: number;
  readonly status: string;
  readonly error: { readonly code: ErrorCode; readonly message: string } | undefined;
  /** In hex. */
  readonly digests: ReadonlyMap<AlgorithmName, string>;
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

function plainOf(record: RecordInput): Plain {
  const { status = 'ok', error: code = 'NONE' } = record;
  const message = record.errorText ?? errorCodes.find((entry) => entry.code === code)!.message;
  const digests = algorithms.map((name) => [name, hex(record.digests![name]!)] as const);
  return {
    name: characters(record.name as Uint8Array),
    size: record.size!,
    status,
    error: code === 'NONE' ? undefined : { code, message },
    digests: new Map(status === 'ok' ? digests : []),
  };
}

const isText = (name: string): boolean => utf8(decoded(name)) === name;

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r' };

function lines({ name, digests }: Plain, line: (name: string, digest: string, tag: string) => string): string {
  const escaped = name.replace(/[\\\n\r]/g, (character) => escapes[character]!);
  return [...digests]
    .map(([chosen, digest]) => `${escaped === name ? '' : '\\'}${line(escaped, digest, algorithm(chosen).tag)}\n`)
    .join('');
}

/** ASCII without controls: what JSON lets through and ought not to is escaped. */
const json = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

function object({ name, size, status, error, digests }: Plain): string {
  return utf8(
    json({
      path: decoded(name),
      ...(isText(name) ? {} : { pathBase64: btoa(name) }),
      size,
      status,
      ...(status === 'ok' ? { digests: Object.fromEntries(digests) } : { error }),
    }),
  );
}

function row({ name, size, status, error, digests }: Plain): string {
  const fields = [
    decoded(name).replace(/^(?=[=+\-@\t\r\uff0b\uff0d\uff1d\uff20])/, './'),
    String(size),
    status,
    ...algorithms.map((chosen) => digests.get(chosen) ?? ''),
    error?.code ?? '',
    error?.message ?? '',
    isText(name) ? '' : btoa(name),
  ];
  const quoted = (field: string): string =>
    /[",\r\n]/.test(field) || field.trim() !== field ? `"${field.replaceAll('"', '""')}"` : field;
  return utf8(`${fields.map(quoted).join(',')}\r\n`);
}

/** SHA-1 in base32, as the field has it. */
function magnetLink({ name, size, digests }: Plain): string {
  if (digests.size === 0) return '';
  const leaf = name
    .slice(name.lastIndexOf('/') + 1)
    .replace(/[^A-Za-z0-9._~-]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
  const topics = [...digests].map(([chosen, digest]) => {
    const bytes = Uint8Array.from(digest.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    return `&xt=urn:${chosen}:${chosen === 'sha1' ? toBase32(bytes) : digest}`;
  });
  return `magnet:?xl=${size}&dn=${leaf}${topics.join('')}\n`;
}

/** Those without escapes are in lists.test.ts. */
const grammars: Readonly<Partial<Record<ExportFormat, (records: readonly Plain[]) => string>>> = {
  gnu: (records) => records.map((record) => lines(record, (name, digest) => `${digest}  ${name}`)).join(''),
  bsd: (records) =>
    records.map((record) => lines(record, (name, digest, tag) => `${tag} (${name}) = ${digest}`)).join(''),
  jsonl: (records) => records.map((record) => `${object(record)}\n`).join(''),
  json: (records) => `[\n${records.map(object).join(',\n')}\n]\n`,
  ed2k: () => '',
  magnet: (records) => records.map(magnetLink).join(''),
  'in-toto': (records) => {
    const told = records.filter(({ name, digests }) => isText(name) && digests.size > 0);
    const subjects = told.map(({ name, digests }) => {
      const digest = { sha1: digests.get('sha1'), md5: digests.get('md5') };
      return utf8(json({ name: decoded(name), digest }));
    });
    const head = '{"_type":"https://in-toto.io/Statement/v1",';
    const predicate = '"predicateType":"https://hashlane.example/attestation/digests/v1","predicate":{}';
    return `${head}${predicate},"subject":[\n${subjects.join(',\n')}\n]}\n`;
  },
  csv: (records) =>
    `path,size,status,${algorithms.join(',')},errorCode,errorMessage,pathBase64\r\n${records.map(row).join('')}`,
};

function document(format: ExportFormat, batch: BatchView): string {
  const out = new ByteBuilder(1);
  const writer = formats[format].create(algorithms);
  writer.begin(out);
  for (let index = 0; index < batch.count; index++) writer.record(out, batch, index);
  writer.end(out);
  return characters(out.written);
}

describe.each(formatNames)('%s', (format) => {
  const grammar = grammars[format];
  for (const seed of grammar === undefined ? [] : [1, 2, 3, 4, 5])
    test(`writes odd names as its grammar says (seed ${seed})`, () => {
      const records = oddRecords(seed, 400);
      const bytes = writeBatch({ jobId: 1, sequence: 0, algorithms, records });
      expect(document(format, openBatch(bytes))).toBe(grammar!(records.map(plainOf)));
    });

  test('writes the same from a copy of the batch', () => {
    const batch = openBatch(writeBatch({ jobId: 1, sequence: 0, algorithms, records: oddRecords(6, 50) }));
    const before = document(format, batch);
    const copy = batch.copyTo(new Uint8Array(batch.bytes.length + 100));
    batch.bytes.fill(0xee);
    expect(document(format, copy)).toBe(before);
    expect(copy.bytes).toHaveLength(batch.bytes.length);
  });
});
