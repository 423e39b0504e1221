import { describe, expect, it } from 'vitest';
import type { ManifestInspection, Source } from '#shared/contract/models.ts';
import { verifyOffer } from './verify-offer.ts';
import { fullPath, type VerifySummary, verifyReport } from './verify-report.ts';
import { verifyVerdict } from './verify-verdict.ts';

function source(id: string, kind: Source['kind'] = 'file'): Source {
  return { id, kind, name: id, path: `/data/${id}`, size: kind === 'folder' ? null : 10 };
}

function manifest(change: Partial<ManifestInspection> = {}): ManifestInspection {
  return {
    explanation: 'SHA-256, GNU, text',
    dialect: 'gnu',
    algorithms: ['sha256'],
    entries: 212,
    malformed: 0,
    isWhole: true,
    root: '/data',
    signature: 'none',
    ...change,
  };
}

const offer = (sources: readonly Source[], ...lists: readonly [string, ManifestInspection][]) =>
  verifyOffer({ sources, manifests: new Map(lists) });

describe('what is offered for a checksum file', () => {
  it('is to verify it, with its format, its entries, its folder and its signature', () => {
    const offered = offer([source('SUMS')], ['SUMS', manifest()])!;
    expect(offered).toMatchObject({ label: 'Verify', title: 'SUMS is a checksum file', isLikely: true, expected: 212 });
    expect(offered.facts.map(({ label, text }) => `${label}: ${text}`)).toEqual([
      'Format: SHA-256, GNU, text',
      'Entries: 212 files',
      'Folder: /data',
      'Signature: Not signed',
    ]);
    expect(offered.spec).toMatchObject({ kind: 'verify', manifests: ['SUMS'], root: null });
  });

  it('passes over what lies beside the checksum file of a single download', () => {
    const unlisted = (entries: number, ...more: Source[]) =>
      offer([source('a.md5'), ...more], ['a.md5', manifest({ entries })])!.spec;
    expect(unlisted(1)).toMatchObject({ unlisted: 'ignore' });
    expect(unlisted(2)).toMatchObject({ unlisted: 'report' });
    expect(unlisted(1, source('copy', 'folder'))).toMatchObject({ unlisted: 'report' });
  });

  it('takes one folder beside it for the place of its names', () => {
    const offered = offer([source('SUMS'), source('copy', 'folder')], ['SUMS', manifest()])!;
    expect(offered).toMatchObject({ isLikely: true, spec: { root: 'copy' } });
    expect(offered.facts).toContainEqual({ label: 'Folder', text: '/data/copy' });
  });

  it('is not what a drop of many other files was for', () => {
    const offered = offer([source('SUMS'), source('a'), source('b')], ['SUMS', manifest()])!;
    expect(offered).toMatchObject({ isLikely: false, spec: { manifests: ['SUMS'] } });
  });

  it('warns of lines that cannot be read, and of digests that detect only accidents', () => {
    const offered = offer([source('a.md5')], ['a.md5', manifest({ algorithms: ['md5'], malformed: 2 })])!;
    expect(offered.facts.filter(({ isWarning }) => isWarning).map(({ text }) => text)).toEqual([
      '2 lines cannot be read',
      'MD5 detects accidents, not attackers.',
    ]);
  });

  it('does not say how many entries there are when only the beginning was read', () => {
    const offered = offer([source('SUMS')], ['SUMS', manifest({ entries: 300_000, isWhole: false })])!;
    expect(offered.expected).toBeUndefined();
    expect(offered.facts).toContainEqual({ label: 'Entries', text: 'more than 300,000 files' });
  });

  it('says why one from the browser cannot be verified', () => {
    expect(offer([source('SHA256SUMS', 'upload')])).toMatchObject({ spec: null, isLikely: false });
    expect(offer([source('photo.jpg', 'upload')])).toBeNull();
    expect(offer([source('photo.jpg')])).toBeNull();
  });
});

describe('the verdict of a verification', () => {
  const verdict = (kind: 'ok' | 'failed', counts: Record<string, number>) =>
    verifyVerdict({
      kind: 'verify',
      state: 'finished',
      totals: null,
      failure: null,
      outcome: { verdict: kind, counts },
    });

  it('says that all files match, and how many others are there', () => {
    expect(verdict('ok', { ok: 212 })).toEqual({ tone: 'good', text: 'All 212 files match' });
    expect(verdict('ok', { ok: 1 })).toEqual({ tone: 'good', text: 'The file matches' });
    expect(verdict('ok', { ok: 2, unlisted: 1 }).text).toBe('All 2 files match · 1 file is not listed');
  });

  it('names what does not match, worst first, and never calls nothing a match', () => {
    expect(verdict('failed', { ok: 9, missing: 1, changed: 3 })).toEqual({
      tone: 'bad',
      text: 'Does not match: 3 changed, 1 missing',
    });
    expect(verdict('failed', { ok: 0 }).text).toBe('Nothing could be verified');
    expect(verdict('failed', { ok: 3 }).text).toBe('Not accepted: the report says why');
    // Whether files that nobody lists fail it was for whoever started it to say.
    expect(verdict('failed', { ok: 3, unlisted: 2 }).text).toBe('Not accepted: the report says why');
  });
});

describe('the records of a verification', () => {
  const reader = verifyReport.reader();
  const plain = {
    type: 'entry',
    path: 'a/ü',
    algorithm: 'sha256',
    expected: 'aa',
    actual: 'aa',
    status: 'ok',
    manifest: '/m/SUMS',
    line: 3,
  };

  it('that are as listed are kept small, and come back whole', () => {
    const small = reader.pack!(plain);
    expect(JSON.stringify(small).length).toBeLessThan(30);
    expect(reader.unpack!(small, 'a/ü')).toEqual(plain);
  });

  it.each([
    ['changed', { status: 'changed', actual: 'bb' }],
    ['with a note', { note: 'reached over a symbolic link' }],
    ['with a name that is no text', { pathBase64: 'Yf8=' }],
    ['of several digests', { digests: [] }],
    ['of another form', { line: undefined }],
  ])('that are %s are kept as they came', (_, change) => {
    expect(reader.pack!({ ...plain, ...change })).toBeUndefined();
  });
});

describe('a signature that is bad', () => {
  const summary = { signature: { status: 'bad' } } as unknown as VerifySummary;
  const verdict = (counts: Record<string, number>) =>
    verifyVerdict(
      {
        kind: 'verify',
        state: 'finished',
        totals: null,
        failure: null,
        outcome: { verdict: 'failed', counts },
      },
      summary,
    );

  it('is the first that the verdict says', () => {
    expect(verdict({ ok: 3 })).toEqual({ tone: 'bad', text: 'The signature is bad' });
    expect(verdict({ ok: 3, changed: 1 }).text).toBe('The signature is bad · Does not match: 1 changed');
  });
});

describe('the path of an entry', () => {
  const summary = { manifests: [{ name: '/m/SUMS', root: '/m' }] } as unknown as VerifySummary;
  const entry = {
    type: 'entry',
    algorithm: null,
    expected: null,
    actual: null,
    status: 'ok',
    manifest: '/m/SUMS',
  } as const;

  it('lies below the folder of its list, where it was found', () => {
    expect(fullPath({ ...entry, path: 'a/b' }, summary)).toBe('/m/a/b');
    expect(fullPath({ ...entry, path: 'a/b', status: 'moved', foundAt: 'c' }, summary)).toBe('/m/c');
    expect(fullPath({ ...entry, path: '/m/a' }, summary)).toBe('/m/a');
  });

  it('is not known of a line without a name, of a name that is no text, and before the end', () => {
    expect(fullPath({ ...entry, path: null }, summary)).toBeNull();
    expect(fullPath({ ...entry, path: 'a\ufffd', pathBase64: 'Yf8=' }, summary)).toBeNull();
    expect(fullPath({ ...entry, path: 'a' }, null)).toBeNull();
  });
});
