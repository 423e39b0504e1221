/** Reports and "show in folder" of a verification, over the real engine. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../../base/testing/temporary-folder.ts';
import { loadEngine } from '../../engine/native-engine.ts';
import { createApp } from '../app.ts';

const aSha = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb';

async function verified() {
  const folder = temporaryFolder();
  const saved = path.join(folder, 'report');
  const files = path.join(folder, 'files');
  mkdirSync(files);
  writeFileSync(path.join(files, 'a'), 'a');
  writeFileSync(path.join(files, 'SHA256SUMS'), `${aSha}  a\n${aSha}  gone\n`);
  const engine = loadEngine({});
  const reveal = vi.fn();
  const services = { kind: 'electron', acceptsTypedPaths: false, chooseExportFile: async () => saved, reveal } as const;
  const app = createApp({ engine, services, dataFolder: path.join(folder, 'data'), version: '1.2.3' });
  onTestFinished(async () => {
    await app.close();
    await engine.close();
  });
  const client = createRouterClient(app.router, { context: { windowId: 'w' } });
  const [manifest] = await app.grant([path.join(files, 'SHA256SUMS')]);
  const options = { root: null, require: [], unlisted: 'report' as const, moved: false };
  const { id } = await client.jobs.start({ kind: 'verify', manifests: [manifest!.id], ...options });
  await vi.waitUntil(async () => (await client.jobs.list())[0]!.state === 'finished');
  return { client, id, saved, files, reveal };
}

test('a report has every entry of the job, and the number of them is told', async () => {
  const { client, id, saved } = await verified();
  expect(await client.results.report({ job: id, format: 'json' })).toEqual({ kind: 'saved', path: saved, records: 2 });
  expect(JSON.parse(readFileSync(saved, 'utf8'))).toMatchObject({
    entries: [
      { path: 'a', status: 'ok' },
      { path: 'gone', status: 'missing' },
    ],
    summary: { verdict: 'failed', ok: 1, missing: 1 },
  });
  await client.results.report({ job: id, format: 'text' });
  expect(readFileSync(saved, 'utf8')).toMatch(/^missing {8}gone\n[\s\S]*FAILED: 1 missing\.\n$/);
});

test('what a checksum file names can be shown in its folder, and nothing beside that', async () => {
  const { client, files, reveal } = await verified();
  await client.system.reveal({ path: path.join(files, 'a') });
  expect(reveal).toHaveBeenCalledWith(path.join(files, 'a'));
  await expect(client.system.reveal({ path: path.join(files, '../data') })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
});

test('waiting files are looked into by their ids, and what waits no longer is left out', async () => {
  const { client } = await verified();
  expect(await client.sources.inspect({ ids: ['gone'] })).toEqual([]);
});
