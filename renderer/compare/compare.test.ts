import { describe, expect, it } from 'vitest';
import type { ManifestInspection, Source } from '#shared/contract/models.ts';
import { compareOffer } from './compare-offer.ts';
import { compareShown, sidesOf } from './compare-report.ts';
import { compareVerdict } from './compare-verdict.ts';

const folder = (id: string): Source => ({ id, kind: 'folder', name: id, path: `/data/${id}`, size: null });
const file = (id: string): Source => ({ id, kind: 'file', name: id, path: `/data/${id}`, size: 9 });

describe('comparing is offered', () => {
  const list = new Map([['SUMS', {} as ManifestInspection]]);

  it('for two folders, which is what they were dropped for', () => {
    expect(compareOffer({ sources: [folder('a'), folder('b')], manifests: new Map() })).toMatchObject({
      isLikely: true,
      spec: { left: 'a', right: 'b' },
      facts: [{ text: '/data/a (folder)' }, { text: '/data/b (folder)' }],
    });
  });

  it('for a checksum file and a folder, after verifying', () => {
    expect(compareOffer({ sources: [file('SUMS'), folder('b')], manifests: list })).toMatchObject({ isLikely: false });
  });

  it('for nothing else', () => {
    for (const sources of [[folder('a')], [folder('a'), file('x')], [folder('a'), folder('b'), folder('c')]]) {
      expect(compareOffer({ sources, manifests: list })).toBeNull();
    }
  });
});

describe('the verdict of a comparison', () => {
  const verdict = (kind: 'ok' | 'failed', counts: Record<string, number>) =>
    compareVerdict({
      kind: 'compare',
      state: 'finished',
      totals: null,
      failure: null,
      outcome: { verdict: kind, counts },
    });

  it('says that both sides are the same, or how they differ', () => {
    expect(verdict('ok', { same: 12 })).toEqual({ tone: 'good', text: 'Both sides have the same 12 files' });
    expect(verdict('failed', { same: 1, moved: 1, changed: 2, malformed: 1 })).toEqual({
      tone: 'bad',
      text: 'Different: 2 changed, 1 moved, 1 malformed line',
    });
    expect(verdict('failed', { same: 0 }).text).toBe('There is nothing to compare');
  });
});

it('a folder has on each side what the other side alone has not', () => {
  const counts = compareShown.map(
    (status) => ({ same: 5, 'left-only': 2, 'right-only': 1, changed: 1 })[status as string] ?? 0,
  );
  expect(sidesOf(counts)).toEqual({ left: 8, right: 7, differing: 4 });
});
