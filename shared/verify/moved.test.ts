import { describe, expect, test } from 'vitest';
import { openBatch } from '../batch/reader.ts';
import { writeBatch } from '../batch/writer.ts';
import { Entries } from './entries.ts';
import { judge } from './judge.ts';
import { Strays } from './moved.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
/** A digest that says what content it is of. */
const md5 = (content: number) => new Uint8Array(16).fill(content);

function listed(files: readonly (readonly [name: string, content: number, size?: number])[]) {
  const entries = new Entries(false);
  for (const [name, content, size = null] of files) {
    const digests = [{ algorithm: 'md5', bytes: md5(content) }] as const;
    const at = entries.add(0, { kind: 'entry', line: 1, name: bytes(name), digests, size: size as number | null });
    entries.settle(at, 'missing');
  }
  return entries;
}

function match(entries: Entries, found: readonly (readonly [name: string, content: number, size?: number])[]) {
  const records = found.map(([name, content, size = 1], entryId) => ({
    entryId,
    name,
    size,
    digests: { md5: md5(content) },
  }));
  const batch = openBatch(writeBatch({ jobId: 1, sequence: 0, algorithms: ['md5'], records }));
  const paths = found.map(([name]) => entries.paths.add(bytes(name)));
  const strays = new Strays(entries, ['md5'], paths);
  for (const file of paths.keys()) strays.add(file, batch, file);
  strays.match(Array.from({ length: entries.count }, (_, at) => at));
  const place = (at: number) => {
    const elsewhere = entries.elsewhere(at);
    return elsewhere < 0 ? null : new TextDecoder().decode(entries.paths.bytes(elsewhere));
  };
  const all = Array.from({ length: entries.count }, (_, at) => [entries.status(at), place(at)]);
  return { all, taken: [...strays.taken()].length };
}

describe('missing files that are elsewhere', () => {
  test('are found by their content', () => {
    expect(
      match(listed([['a', 1]]), [
        ['x', 2],
        ['y', 1],
      ]),
    ).toEqual({ all: [['moved', 'y']], taken: 1 });
  });

  test('keep their last segment where they can', () => {
    const { all } = match(
      listed([
        ['old/a', 1],
        ['old/b', 1],
      ]),
      [
        ['new/b', 1],
        ['new/a', 1],
      ],
    );
    expect(all).toEqual([
      ['moved', 'new/a'],
      ['moved', 'new/b'],
    ]);
  });

  test('are as many as there are copies', () => {
    const { all, taken } = match(
      listed([
        ['a', 1],
        ['b', 1],
        ['c', 1],
      ]),
      [
        ['x', 1],
        ['y', 1],
      ],
    );
    expect(all).toEqual([
      ['moved', 'x'],
      ['moved', 'y'],
      ['missing', 'x'],
    ]);
    expect(taken).toBe(2);
  });

  test('have the size that the manifest says', () => {
    expect(match(listed([['a', 1, 5]]), [['x', 1, 4]]).all).toEqual([['missing', null]]);
    expect(match(listed([['a', 1, 5]]), [['x', 1, 5]]).all).toEqual([['moved', 'x']]);
  });

  test('random lists: moved and taken are as many as the smaller count of each content', () => {
    let seed = 3;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 200; round++) {
      const wanted = Array.from({ length: random(12) }, (_, at) => [`w${at}`, random(4)] as const);
      const there = Array.from({ length: random(12) }, (_, at) => [`t${at}`, random(4)] as const);
      const { all, taken } = match(listed(wanted), there);
      const count = (list: readonly (readonly [string, number])[], content: number) =>
        list.filter(([, each]) => each === content).length;
      const expected = [0, 1, 2, 3].reduce((sum, each) => sum + Math.min(count(wanted, each), count(there, each)), 0);
      expect(all.filter(([status]) => status === 'moved')).toHaveLength(expected);
      expect(taken).toBe(expected);
      const places = all.filter(([status]) => status === 'moved').map(([, place]) => place);
      expect(new Set(places).size).toBe(places.length);
    }
  });

  test('a hundred thousand copies of one content take no longer than they must', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => [`w${at}`, 1] as const);
    const entries = listed(many);
    const found = many.map(([name]) => [`x/${name}`, 1] as const);
    const paths = found.map(([name]) => entries.paths.add(bytes(name)));
    const record = { entryId: 0, name: 'any', size: 1, digests: { md5: md5(1) } };
    const batch = openBatch(writeBatch({ jobId: 1, sequence: 0, algorithms: ['md5'], records: [record] }));
    const strays = new Strays(entries, ['md5'], paths);
    for (const file of paths.keys()) strays.add(file, batch, 0);
    strays.match(Array.from({ length: entries.count }, (_, at) => at));
    expect([...strays.taken()]).toHaveLength(100_000);
  });
});

describe('an entry is ok only when all of it is', () => {
  const record = { entryId: 0, name: 'a', size: 3, digests: { md5: md5(1), sha1: new Uint8Array(20).fill(1) } };
  const batch = (more: object = {}) =>
    openBatch(writeBatch({ jobId: 1, sequence: 0, algorithms: ['md5', 'sha1'], records: [{ ...record, ...more }] }));
  const entry = (more: object = {}) => {
    const entries = new Entries(false);
    const digests = [
      { algorithm: 'md5', bytes: md5(1) },
      { algorithm: 'sha1', bytes: new Uint8Array(20).fill(1) },
    ];
    entries.add(0, { kind: 'entry', line: 1, name: bytes('a'), digests, size: null, ...more } as never);
    return entries;
  };
  const judged = (entries: Entries, of = batch()) => {
    if (entries.isPending(0)) judge(entries, 0, of, 0);
    return entries.status(0);
  };

  test.each([
    ['ok', {}, {}],
    ['ok', { size: 3 }, {}],
    ['changed', { size: 4 }, {}],
    ['changed', { digests: [{ algorithm: 'md5', bytes: md5(2) }] }, {}],
    [
      'changed',
      {
        digests: [
          { algorithm: 'md5', bytes: md5(1) },
          { algorithm: 'sha1', bytes: new Uint8Array(20) },
        ],
      },
      {},
    ],
    ['not-comparable', { digests: [] }, {}],
    ['not-comparable', { digests: [{ algorithm: 'sha256', bytes: new Uint8Array(32) }] }, {}],
    ['not-comparable', { digests: [{ algorithm: 'md5', bytes: new Uint8Array(15) }] }, {}],
    [
      'not-comparable',
      {
        digests: [
          { algorithm: 'md5', bytes: md5(1) },
          { algorithm: 'sha1', bytes: new Uint8Array(0) },
        ],
      },
      {},
    ],
    ['missing', {}, { status: 'missing', error: 'ENOENT', digests: {} }],
    ['unreadable', {}, { status: 'unreadable', error: 'EIO', digests: {} }],
    ['unreadable', {}, { status: 'changed', error: 'MODIFIED', digests: {} }],
    ['unreadable', {}, { status: 'cancelled', error: 'CANCELLED', digests: {} }],
  ] as const)('%s for %j and a record with %j', (status, entryParts, recordParts) => {
    expect(judged(entry(entryParts), batch(recordParts))).toBe(status);
  });

  test.each([
    ['ok', 1, 2],
    ['ok', 2, 1],
    ['changed', 2, 3],
  ] as const)(
    '%s where ETags by two part sizes are alternatives, and %j and %j were found',
    (status, fifteen, sixteen) => {
      const etag = (byte: number): Uint8Array => new Uint8Array(20).fill(byte);
      const digests = { 's3-etag:15MiB': etag(fifteen), 's3-etag:16MiB': etag(sixteen) };
      const names = ['s3-etag:15MiB', 's3-etag:16MiB'] as const;
      const records = [{ entryId: 0, name: 'a', size: 3, digests }];
      const found = openBatch(writeBatch({ jobId: 1, sequence: 0, algorithms: [...names], records }));
      const expected = names.map((algorithm) => ({ algorithm, bytes: etag(1) }));
      expect(judged(entry({ digests: expected }), found)).toBe(status);
    },
  );

  test('what was never judged has no status', () => {
    expect(() => entry().status(0)).toThrow('not judged');
  });
});
