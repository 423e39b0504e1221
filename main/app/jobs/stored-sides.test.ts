/** What the window can do with finished jobs and with signatures: by ids, as everything that a page names. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { JobSpec } from '#shared/contract/kinds/registry.ts';
import { jobSpec } from '#shared/contract/kinds/registry.ts';
import { verifyRecord } from '#shared/contract/kinds/verify.ts';
import { holdsRecords, readRecords } from '#shared/records/block.ts';
import { temporaryFolder } from '../../base/testing/temporary-folder.ts';
import { loadEngine } from '../../engine/native-engine.ts';
import { GuardStore } from '../../guard/guard-store.ts';
import { guardTask } from '../../guard/guard-task.ts';
import { JournalFolder } from '../../store/journal-folder.ts';
import { taskKinds } from '../../tasks/registry.ts';
import { readPublicKey } from '../../tasks/signatures/key-files.ts';
import { signManifest } from '../../tasks/signatures/sign.ts';
import { publicKeyFile, signingKey } from '../../tasks/signatures/testing/keys.ts';
import { TrustedKeys } from '../../tasks/signatures/trusted-keys.ts';
import { SourceList } from '../sources/sources.ts';
import { JobService } from './job-service.ts';

const aSha = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb';
const walk = { hidden: true, followSymlinks: false, include: [], exclude: [], maxDepth: null };

async function world() {
  const folder = temporaryFolder();
  const engine = loadEngine({});
  onTestFinished(() => engine.close());
  const sources = new SourceList();
  const listener = { changed: () => undefined, batchWritten: () => undefined, forgotten: () => undefined };
  const data = path.join(folder, 'data');
  const registry = { ...taskKinds, guard: guardTask(new GuardStore(path.join(folder, 'guard'))) };
  const jobs = new JobService(engine, registry, sources, JournalFolder.open(data), listener);
  const files = path.join(folder, 'files');
  mkdirSync(files);
  writeFileSync(path.join(files, 'a'), 'a');
  writeFileSync(path.join(files, 'copy'), 'a');
  const grant = async (...names: string[]) => (await sources.grant(names)).map(({ id }) => id);
  const run = async (spec: unknown) => {
    const { id } = await jobs.start(jobSpec.parse(spec) as JobSpec);
    const job = jobs.get(id);
    await job.ended;
    const reader = job.journal.openReader();
    const records: unknown[] = [];
    for (let block = 0; block < job.journal.batches; block++) {
      const bytes = await reader.read(block);
      if (holdsRecords(bytes)) records.push(...readRecords(bytes).records);
    }
    await reader.close();
    return { id, status: job.status(), records };
  };
  const hash = async () => (await run({ kind: 'hash', sources: await grant(files), algorithms: ['sha256'], walk })).id;
  return { folder, data, files, grant, run, hash };
}

test('a finished job is compared with a folder, and with another job', async () => {
  const { files, grant, run, hash } = await world();
  const before = await hash();
  const [folder] = await grant(files);
  expect((await run({ kind: 'compare', left: { job: before }, right: folder })).status.outcome).toMatchObject({
    verdict: 'ok',
    counts: { same: 2 },
  });
  writeFileSync(path.join(files, 'a'), 'b');
  const after = await hash();
  expect((await run({ kind: 'compare', left: { job: before }, right: { job: after } })).status.outcome).toMatchObject({
    verdict: 'failed',
    counts: { same: 1, changed: 1 },
  });
});

test('a finished job is searched for duplicates', async () => {
  const { run, hash } = await world();
  const { status } = await run({ kind: 'duplicates', sources: [], job: await hash(), minSize: 1 });
  expect(status.outcome).toEqual({
    verdict: 'ok',
    counts: { files: 2, groups: 1, duplicates: 1, reclaimable: 1, unreadable: 0 },
  });
});

test('a job that is not in the history, or of another kind, fails with its code', async () => {
  const { run, hash } = await world();
  const failed = { state: 'failed', failure: { code: 'UNREADABLE' } };
  expect((await run({ kind: 'compare', left: { job: 77 }, right: { job: 77 } })).status).toMatchObject(failed);
  const compared = await run({ kind: 'duplicates', sources: [], job: await hash(), minSize: 1 });
  expect((await run({ kind: 'duplicates', sources: [], job: compared.id, minSize: 1 })).status).toMatchObject(failed);
  await expect(run({ kind: 'duplicates', sources: [], minSize: 1 })).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('verify checks signatures by the keys that are given, or trusted', async () => {
  const { data, files, grant, run } = await world();
  const manifest = path.join(files, 'SUMS');
  const keyFile = path.join(files, 'release.pub');
  const key = signingKey('minisign', 3);
  writeFileSync(manifest, `${aSha}  a\n`);
  writeFileSync(keyFile, publicKeyFile(key));
  writeFileSync(`${manifest}.minisig`, Buffer.concat(await signManifest(manifest, { key, keyFile, embedded: false })));
  const spec = { kind: 'verify', root: null, require: [], unlisted: 'ignore', moved: true };
  const verified = async (signedBy?: string[]) => {
    const { records, status } = await run({ ...spec, manifests: await grant(manifest), ...(signedBy && { signedBy }) });
    const summary = verifyRecord.parse(records.at(-1));
    return summary.type === 'summary' ? { ...summary.signature, verdict: status.outcome?.verdict } : null;
  };
  expect(await verified()).toMatchObject({ status: 'not-checked', verdict: 'ok' });
  expect(await verified(await grant(keyFile))).toMatchObject({ status: 'signed', name: 'release', verdict: 'ok' });
  await new TrustedKeys(path.join(data, 'keys')).add(await readPublicKey(keyFile), 'the project');
  expect(await verified()).toMatchObject({
    status: 'signed',
    key: '0303030303030303',
    name: 'the project',
    text: expect.stringContaining('Listed, signed by the project'),
  });
  writeFileSync(manifest, `# more\n${aSha}  a\n`);
  expect(await verified()).toMatchObject({ status: 'bad', verdict: 'failed' });
});
