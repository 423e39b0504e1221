import { describe, expect, it } from 'vitest';
import type { GuardEntry } from '#shared/contract/kinds/guard.ts';
import type { Source } from '#shared/contract/models.ts';
import { guardOffer } from './guard-offer.ts';
import { entryOf, fullPath, guardReport, guardShown } from './guard-report.ts';
import { guardVerdict } from './guard-verdict.ts';

const source = (id: string, kind: Source['kind']): Source => ({ id, kind, name: id, path: `/${id}`, size: null });

it('guarding is offered for one folder', () => {
  const offered = (...sources: Source[]) => guardOffer({ sources, manifests: new Map() })?.spec ?? null;
  expect(offered(source('a', 'folder'))).toEqual({ kind: 'guard', action: 'add', source: 'a' });
  expect(offered(source('a', 'folder'), source('b', 'folder'))).toBeNull();
  expect(offered(source('a', 'file'))).toBeNull();
  expect(offered(source('a', 'upload'))).toBeNull();
});

describe('a check', () => {
  const verdict = (kind: 'ok' | 'failed' | 'unavailable', counts: Record<string, number>) =>
    guardVerdict({
      kind: 'guard',
      state: 'finished',
      totals: null,
      failure: null,
      outcome: { verdict: kind, counts },
    });

  it('without damage is good, and says what else became of the files', () => {
    expect(verdict('ok', { ok: 2 })).toEqual({ tone: 'good', text: '2 files read, no damage' });
    expect(verdict('ok', { ok: 2, updated: 1 })).toEqual({
      tone: 'good',
      text: '3 files read, no damage · 1 updated',
    });
  });

  it('that found older files wants somebody to look', () => {
    expect(verdict('ok', { ok: 1, older: 1 }).tone).toBe('unsure');
  });

  it('with damage names what is wrong, and nothing else', () => {
    expect(verdict('failed', { ok: 2, damaged: 1, gone: 2, new: 4 })).toEqual({
      tone: 'bad',
      text: 'Not as on record: 1 damaged, 2 gone',
    });
  });

  it('of a folder that is not there says that nothing is marked gone', () => {
    expect(verdict('unavailable', { gone: 0 }).text).toContain('nothing is marked gone');
  });
});

describe('a record', () => {
  const entry: GuardEntry = { type: 'entry', path: 'd/a', state: 'damaged', expected: 'aa', actual: 'bb' };
  const rows = (record: unknown) => guardReport.reader().rows(record);

  it('of a finding is a row; others, and those of another form, are none', () => {
    expect(rows(entry)).toEqual([{ status: guardShown.indexOf('damaged'), name: 'd/a' }]);
    expect(rows({ type: 'summary' })).toEqual([]);
    expect(rows({ ...entry, state: 'melted' })).toEqual([]);
    expect(entryOf({ ...entry, state: 'melted' })).toBeNull();
  });

  it('leads to the file where it is now', () => {
    const summary = { root: '/photos' } as Parameters<typeof fullPath>[1];
    expect(fullPath(entry, summary)).toBe('/photos/d/a');
    expect(fullPath({ ...entry, state: 'moved', foundAt: 'e/a' }, summary)).toBe('/photos/e/a');
    expect(fullPath({ ...entry, state: 'gone' }, summary)).toBeNull();
    expect(fullPath({ ...entry, pathBase64: 'ZA==' }, summary)).toBeNull();
  });
});
