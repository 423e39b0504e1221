/** Verify, compare and duplicates as jobs: their records, checked by their schemas, and their outcomes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { compareRecord } from '#shared/contract/kinds/compare.ts';
import { duplicatesRecord } from '#shared/contract/kinds/duplicates.ts';
import type { JobSpec } from '#shared/contract/kinds/registry.ts';
import { jobSpec } from '#shared/contract/kinds/registry.ts';
import { verifyRecord } from '#shared/contract/kinds/verify.ts';
import { holdsRecords, readRecords } from '#shared/records/block.ts';
import { temporaryFolder } from '../../base/testing/temporary-folder.ts';
import { loadEngine } from '../../engine/native-engine.ts';
import { JournalFolder } from '../../store/journal-folder.ts';
import { taskKinds } from '../../tasks/registry.ts';
import { SourceList } from '../sources/sources.ts';
import type { Job } from './job.ts';
import { JobService } from './job-service.ts';

const aSha = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb';

async function world() {
  const folder = temporaryFolder();
  const engine = loadEngine({});
  onTestFinished(() => engine.close());
  const sources = new SourceList();
  const listener = { changed: () => undefined, batchWritten: () => undefined, forgotten: () => undefined };
  const jobs = new JobService(engine, taskKinds, sources, JournalFolder.open(path.join(folder, 'data')), listener);
  const files = path.join(folder, 'files');
  mkdirSync(path.join(files, 'sub'), { recursive: true });
  writeFileSync(path.join(files, 'a'), 'a');
  writeFileSync(path.join(files, 'sub', 'copy of a'), 'a');
  const grant = async (name: string) => (await sources.grant([name]))[0]!.id;
  const run = async (spec: JobSpec) => {
    const { id } = await jobs.start(jobSpec.parse(spec));
    const job = jobs.get(id);
    await job.ended;
    return { job, records: await recordsOf(job) };
  };
  return { files, grant, run };
}

async function recordsOf(job: Job): Promise<unknown[]> {
  const reader = job.journal.openReader();
  const records: unknown[] = [];
  for (let block = 0; block < job.journal.batches; block++) {
    const bytes = await reader.read(block);
    if (holdsRecords(bytes)) records.push(...readRecords(bytes).records);
  }
  await reader.close();
  return records;
}

const verify = { kind: 'verify' as const, root: null, require: [], unlisted: 'report' as const, moved: true };

test('verify gives each entry once, the summary last, and the verdict as its outcome', async () => {
  const { files, grant, run } = await world();
  const manifest = path.join(files, 'SHA256SUMS');
  writeFileSync(manifest, `${aSha}  a\n${aSha}  gone\n${'0'.repeat(64)}  ../x\nnonsense\n`);
  const { job, records } = await run({ ...verify, manifests: [await grant(manifest)] });
  expect(job.status()).toMatchObject({
    state: 'finished',
    outcome: { verdict: 'failed', counts: { ok: 1, moved: 1 } },
  });
  const parsed = records.map((record) => verifyRecord.parse(record));
  expect(
    parsed.map((record) => (record.type === 'entry' ? `${record.path} ${record.status}` : record.verdict)),
  ).toEqual(['a ok', 'gone moved', '../x outside-root', 'null malformed', 'failed']);
  expect(parsed[0]).toMatchObject({ manifest });
  expect(parsed[1]).toMatchObject({ foundAt: 'sub/copy of a' });
});

test('verify takes another root, and what is required', async () => {
  const { files, grant, run } = await world();
  const manifest = path.join(path.dirname(files), 'list');
  writeFileSync(manifest, `${aSha}  a\n`);
  const spec = { ...verify, manifests: [await grant(manifest)], root: await grant(files) };
  const { job } = await run({ ...spec, require: ['a'] });
  expect(job.status().outcome).toMatchObject({ verdict: 'ok', counts: { ok: 1, unlisted: 1 } });
  const again = { ...spec, manifests: [await grant(manifest)], root: await grant(files) };
  expect((await run({ ...again, require: ['b'] })).job.status().outcome).toMatchObject({ verdict: 'failed' });
});

test('a manifest that cannot be read fails the job with its code', async () => {
  const { files, grant, run } = await world();
  const { job } = await run({ ...verify, manifests: [await grant(path.join(files, 'sub'))] });
  expect(job.status()).toMatchObject({ state: 'failed', outcome: null, failure: { code: 'UNREADABLE' } });
});

test('a granted folder that is the manifest of nothing is refused as source of another kind', async () => {
  const { run } = await world();
  await expect(run({ ...verify, manifests: ['unknown'] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('entries that are judged again by another algorithm come once', async () => {
  const { files, grant, run } = await world();
  const manifest = path.join(files, 'SUMS');
  // SHA3-256 of "a", in a list that does not say so; and a file that is no file.
  writeFileSync(manifest, `80084bf2fba02475726feb2cab2d8215eab14bc6bdd8bfb2c8151257032ecd8b  a\n${aSha}  sub\n`);
  const { records } = await run({ ...verify, manifests: [await grant(manifest)] });
  const parsed = records.map((record) => verifyRecord.parse(record));
  const entries = parsed.flatMap((record) => (record.type === 'entry' ? [`${record.path} ${record.status}`] : []));
  expect(entries.sort()).toEqual(['a ok', 'sub unreadable', 'sub/copy of a unlisted']);
  expect(parsed.at(-1)).toMatchObject({ manifests: [{ explanation: 'SHA3-256 (by trial), GNU, text' }] });
});

test('compare gives each path once', async () => {
  const { files, grant, run } = await world();
  const list = path.join(path.dirname(files), 'list');
  writeFileSync(list, `${aSha}  a\n${aSha}  elsewhere\n`);
  const { job, records } = await run({ kind: 'compare', left: await grant(files), right: await grant(list) });
  expect(job.status().outcome).toMatchObject({ verdict: 'failed', counts: { same: 1, moved: 1 } });
  expect(records.map((record) => compareRecord.parse(record))).toMatchObject([
    { path: 'a', status: 'same', left: aSha },
    { path: 'sub/copy of a', status: 'moved', foundAt: 'elsewhere' },
  ]);
});

test('duplicates gives its groups, and judges nothing that could be read', async () => {
  const { files, grant, run } = await world();
  const { job, records } = await run({ kind: 'duplicates', sources: [await grant(files)], minSize: 1 });
  expect(job.status().outcome).toEqual({
    verdict: 'ok',
    counts: { files: 2, groups: 1, duplicates: 1, reclaimable: 1, unreadable: 0 },
  });
  expect(records.map((record) => duplicatesRecord.parse(record))).toMatchObject([
    { group: 1, size: 1, reclaimable: 1, copies: [{ path: path.join(files, 'a') }, {}] },
  ]);
});
