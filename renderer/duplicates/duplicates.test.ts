import { describe, expect, it } from 'vitest';
import type { Source } from '#shared/contract/models.ts';
import { duplicatesOffer } from './duplicates-offer.ts';
import { copiesOf, duplicatesReport, rowOf } from './duplicates-report.ts';
import { duplicatesVerdict } from './duplicates-verdict.ts';

const source = (id: string, kind: Source['kind']): Source => ({ id, kind, name: id, path: `/${id}`, size: 1 });

it('looking for duplicates is offered for folders and for several files', () => {
  const offered = (...sources: Source[]) => duplicatesOffer({ sources, manifests: new Map() })?.spec ?? null;
  expect(offered(source('a', 'folder'))).toMatchObject({ sources: ['a'], minSize: 1 });
  expect(offered(source('a', 'file'), source('b', 'file'))).not.toBeNull();
  expect(offered(source('a', 'file'))).toBeNull();
  expect(offered(source('a', 'folder'), source('u', 'upload'))).toBeNull();
});

describe('a group', () => {
  const group = { group: 1, size: 4, algorithm: 'sha256', digest: 'aa', reclaimable: 8 } as const;
  const first = { ...group, copies: [{ path: '/a' }, { path: '/b' }] };
  const second = { ...group, copies: [{ path: '/c' }] };

  it('has a row of its own before its copies, once, however many records it takes', () => {
    const { rows: read } = duplicatesReport.reader();
    const rows = [first, second, { ...second, group: 2 }].flatMap((record) => read(record));
    expect(rows.map(({ name, part }) => `${part}${name}`)).toEqual(['0', '1/a', '2/b', '1/c', '0', '1/c']);
    expect(rowOf(first, 2)?.copy).toEqual({ path: '/b' });
    expect(rowOf(first, 0)?.copy).toBeNull();
    expect(copiesOf(first)).toBe(3);
  });

  it('in a form that is not known is no row', () => {
    expect(duplicatesReport.reader().rows({ kind: 'other' })).toEqual([]);
    expect(rowOf({ ...first, algorithm: 'sha9' }, 0)).toBeNull();
  });
});

it('the verdict says what could be freed, and what could not be read', () => {
  const verdict = (counts: Record<string, number>) =>
    duplicatesVerdict({
      kind: 'duplicates',
      state: 'finished',
      totals: null,
      failure: null,
      outcome: { verdict: 'ok', counts },
    });
  expect(verdict({ groups: 0 })).toEqual({ tone: 'plain', text: 'No duplicates' });
  expect(verdict({ groups: 2, reclaimable: 3_000_000 })).toEqual({ tone: 'plain', text: '3.00 MB could be freed' });
  expect(verdict({ groups: 0, unreadable: 1 })).toEqual({
    tone: 'unsure',
    text: 'No duplicates · 1 file could not be read',
  });
});
