import { describe, expect, test } from 'vitest';
import type { ReportFormat } from '../contract/results.ts';
import type { ReportEnd, ReportForm, ReportRecord } from './form.ts';
import { reports } from './registry.ts';
import { reportForms } from './write.ts';

const circumstances = { date: '2026-03-01T12:00:00Z', host: 'archive', version: '1.2.3' };

async function written(form: ReportForm, format: ReportFormat, records: readonly ReportRecord[], end: ReportEnd) {
  async function* each() {
    yield* records;
  }
  let whole = '';
  for await (const piece of reportForms[format].write({ form, records: each, end, circumstances })) whole += piece;
  return whole;
}

const entry = (change: ReportRecord): ReportRecord => ({
  type: 'entry',
  path: 'a',
  algorithm: 'sha256',
  expected: 'aa',
  actual: 'aa',
  status: 'ok',
  manifest: '/m/SUMS',
  line: 1,
  ...change,
});

const summary = {
  type: 'summary',
  verdict: 'failed',
  sentence: 'FAILED: 1 changed.',
  reasons: [],
  required: [],
  signature: { status: 'not-checked' },
  manifests: [{ name: '/m/SUMS', root: '/m', dialect: 'gnu', explanation: 'SHA-256, GNU', bytes: 3, sha256: 'cc' }],
};
const records = [entry({}), entry({ path: '<b>=x', actual: 'bb', status: 'changed', line: 2 }), summary];
const end = { outcome: { verdict: 'failed', counts: { ok: 1, changed: 1, missing: 0 } }, summary };

describe('the report of a verification', () => {
  test('as text names what is not as listed, and ends with the verdict', async () => {
    const lines = (await written(reports.verify!, 'text', records, end)).trimEnd().split('\n');
    expect(lines[0]).toBe('changed        <b>=x: sha256 is bb, not aa');
    expect(lines).toContain('Summary: 1 ok, 1 changed');
    expect(lines.at(-1)).toBe('FAILED: 1 changed.');
  });

  test('as JSON has every entry, the summary, the signature and the manifests', async () => {
    const document = JSON.parse(await written(reports.verify!, 'json', records, end)) as Record<string, unknown>;
    expect(document).toMatchObject({
      entries: [{ path: 'a', status: 'ok' }, { status: 'changed' }],
      summary: { verdict: 'failed', ok: 1, changed: 1 },
      signature: { status: 'not-checked' },
      manifests: [{ sha256: 'cc' }],
    });
    expect((document.entries as object[])[0]).not.toHaveProperty('type');
    const lines = (await written(reports.verify!, 'jsonl', records, end)).trimEnd().split('\n');
    expect(lines.map((line) => Object.keys(JSON.parse(line) as object)[0])).toEqual(['path', 'path', 'summary']);
  });

  test('as a page escapes every name and has no script', async () => {
    const page = await written(reports.verify!, 'html', records, end);
    expect(page).toContain('&lt;b&gt;=x');
    expect(page).not.toMatch(/<b>|<script/);
    expect(page).toContain('archive');
    expect(page).not.toContain('<td>ok</td>');
  });

  test('as CSV has no formula, and a line for each entry', async () => {
    const csv = await written(reports.verify!, 'csv', [entry({ path: '=cmd' }), ...records], end);
    expect(csv.split('\r\n')[1]).toMatch(/^'=cmd,ok/);
    expect(csv.trimEnd().split('\r\n')).toHaveLength(4);
  });

  test('of a job that did not finish says so', async () => {
    const open = { outcome: null, summary: null };
    expect(await written(reports.verify!, 'text', [entry({})], open)).toContain('NOT FINISHED');
    expect(JSON.parse(await written(reports.verify!, 'json', [], open))).toMatchObject({
      entries: [],
      summary: { verdict: 'unfinished' },
    });
  });
});

test('the report of a comparison says what differs', async () => {
  const rows = [
    { path: 'a', status: 'same', algorithm: 'md5', left: 'x', right: 'x' },
    { path: 'b', status: 'moved', foundAt: 'c', algorithm: null, left: null, right: null },
  ];
  const outcome = { verdict: 'failed', counts: { same: 1, moved: 1 } };
  const report = await written(reports.compare!, 'text', rows, { outcome, summary: null });
  expect(report).toBe('moved          b: right: c\nSummary: 1 same, 1 moved\nDIFFERENT: 1 moved.\n');
});

test('the report of duplicates has a line for each copy and each hard link', async () => {
  const group = { group: 1, size: 3, algorithm: 'sha256', digest: 'aa', reclaimable: 3 };
  const rows = [{ ...group, copies: [{ path: '/a', hardLinks: ['/l'] }, { path: '/b' }] }];
  const counts = { files: 3, groups: 1, duplicates: 1, reclaimable: 3, unreadable: 0 };
  const found = { outcome: { verdict: 'ok', counts }, summary: null };
  const csv = await written(reports.duplicates!, 'csv', rows, found);
  expect(csv.trimEnd().split('\r\n').slice(1)).toEqual([
    '1,3,sha256,aa,/a,,',
    '1,3,sha256,aa,/l,/a,',
    '1,3,sha256,aa,/b,,',
  ]);
  expect(await written(reports.duplicates!, 'text', rows, found)).toContain(
    '1 group of duplicates; 3 B could be freed.',
  );
});
