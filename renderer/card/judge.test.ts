import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Expectation } from '#shared/expected/expected.ts';
import { recognise } from '#shared/expected/recognise.ts';
import { type AlgorithmName, algorithms } from '#shared/tables/algorithms.ts';
import { judge, worthOf } from './judge.ts';

const content = 'a download';
const digest = (name: string): Uint8Array => new Uint8Array(createHash(name).update(content).digest());
const hex = (name: string): string => createHash(name).update(content).digest('hex');

function expectationOf(text: string): Expectation {
  const found = recognise(text, { leaf: 'x.iso' });
  if (found.kind !== 'expected') throw new Error(`${text}: ${found.kind}`);
  return found.expected;
}

const known = new Map<AlgorithmName, Uint8Array>([
  ['md5', digest('md5')],
  ['sha256', digest('sha256')],
]);

describe('a pasted digest', () => {
  it('matches by any algorithm that the file has a digest of, without computing another', () => {
    const sha256 = hex('sha256');
    const groups = sha256.toUpperCase().replace(/.{8}/g, '$& ').trim();
    for (const text of [sha256, groups, `sha256:${sha256}`, `${sha256}  x.iso`, ` ${hex('md5')}\n`]) {
      expect(judge(expectationOf(text), known, 10)).toMatchObject({ kind: 'match' });
    }
  });

  it('asks for the algorithms that its length allows before it says that it differs', () => {
    const wrong = `${'0'.repeat(39)}1`;
    const first = judge(expectationOf(wrong), known, 10);
    expect(first).toMatchObject({ kind: 'unknown' });
    const needs = first.kind === 'unknown' ? first.needs : [];
    expect(needs).toContain('sha1');
    expect(needs).not.toContain('sha256');
    const all = new Map(known);
    for (const name of needs) all.set(name, new Uint8Array(20).fill(7));
    const second = judge(expectationOf(wrong), all, 10);
    expect(second).toMatchObject({ kind: 'different', expectedSize: null });
    expect(second.kind === 'different' && second.digests[0]).toMatchObject({ algorithm: 'sha1', expected: wrong });
  });

  it('never matches a file of another size, and says so without computing anything', () => {
    const link = `ed2k://|file|x.iso|11|${'0'.repeat(32)}|/`;
    expect(judge(expectationOf(link), known, 10)).toMatchObject({ kind: 'different', expectedSize: 11 });
  });

  it('with several digests has to match all of them', () => {
    const both = `${hex('sha256')}  x.iso\n${hex('md5')}  x.iso\n`;
    expect(judge(expectationOf(both), known, 10)).toMatchObject({ kind: 'match' });
    const one = `${hex('sha256')}  x.iso\n${'0'.repeat(32)}  x.iso\n`;
    expect(judge(expectationOf(one), known, 10).kind).not.toBe('match');
  });

  it('is worth what its algorithm is', () => {
    expect(worthOf(['sha256'])).toBe('secure');
    expect(worthOf(['md5'])).toBe('broken');
    expect(worthOf(['crc32'])).toBe('checksum');
    expect(worthOf(['crc32', 'sha256'])).toBe('secure');
    expect(new Set(algorithms.map(({ fit }) => fit)).size).toBe(3);
  });
});
