import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { ExportFormat } from '#shared/contract/models.ts';
import { jobIdText } from '#shared/jobs/job-id.ts';
import { World } from '../testing/world.ts';
import type { ResultDocument } from './exports.ts';

const md5 = (byte: number): { md5: Uint8Array } => ({ md5: new Uint8Array(16).fill(byte) });
const hex = (byte: string): string => byte.repeat(16);

/** Two ended jobs: three batches with one failure among them, and one batch. */
async function worldWithResults(services: ConstructorParameters<typeof World>[0] = {}) {
  const world = new World(services);
  const [first, second] = [await world.startJob(), await world.startJob()];
  first.job.emit([{ name: '/d/a', size: 3, digests: md5(0xaa) }]);
  first.job.emit([{ name: '/d/gone', status: 'missing', error: 'ENOENT' }]);
  first.job.emit([{ name: Buffer.from('/d/caf\xe9\n', 'latin1'), size: 4, digests: md5(0xbb) }]);
  second.job.emit([{ name: '/e', size: 5, digests: md5(0xcc) }]);
  for (const { job, summary } of [first, second]) {
    job.finish();
    await world.untilState(summary.id, 'finished');
  }
  return { world, ids: [first.summary.id, second.summary.id] };
}

async function saved(format: ExportFormat, order = (ids: number[]) => ids) {
  let destination = '';
  const { world, ids } = await worldWithResults({ chooseExportFile: async () => destination });
  destination = path.join(world.folder, 'out');
  const outcome = await world.client().results.export({ jobs: order(ids), format });
  return { outcome, destination, text: readFileSync(destination, 'latin1'), world };
}

test('a saved export holds the results of the jobs in their order, byte for byte', async () => {
  const { outcome, destination, text, world } = await saved('gnu');
  expect(text).toBe(`${hex('aa')}  /d/a\n\\${hex('bb')}  /d/caf\xe9\\n\n${hex('cc')}  /e\n`);
  expect(outcome).toEqual({ kind: 'saved', path: destination, records: 3 });
  expect(readdirSync(world.folder).sort(), 'no temporary file stays').toEqual(['data', 'out']);
  const reversed = await saved('gnu', (ids) => [...ids].reverse());
  expect(reversed.text.startsWith(`${hex('cc')}  /e\n`)).toBe(true);
});

test('a format that carries failures has a record for each result', async () => {
  const { outcome, text } = await saved('jsonl');
  expect(outcome).toMatchObject({ records: 4 });
  const records = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { path: string; status: string });
  expect(records.map((record) => record.status)).toEqual(['ok', 'ok', 'missing', 'ok']);
});

test('an existing file is replaced as a whole, or stays as it was', async () => {
  let destination = '';
  const { world, ids } = await worldWithResults({ chooseExportFile: async () => destination });
  destination = path.join(world.folder, 'out');
  writeFileSync(destination, 'old', { mode: 0o640 });
  const [journal] = readdirSync(world.dataFolder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith(`${jobIdText(ids[0]!)}.hlj`),
  );
  await world.client().results.export({ jobs: [ids[1]!], format: 'gnu' });
  expect(readFileSync(destination, 'utf8')).toBe(`${hex('cc')}  /e\n`);
  truncateSync(path.join(world.dataFolder, journal!), 100);
  await expect(world.client().results.export({ jobs: ids, format: 'gnu' })).rejects.toMatchObject({
    code: 'UNREADABLE',
    data: { detail: 'JOURNAL_UNREADABLE' },
  });
  expect(readFileSync(destination, 'utf8')).toBe(`${hex('cc')}  /e\n`);
  expect(readdirSync(world.folder).sort()).toEqual(['data', 'out']);
});

test('a destination that cannot be written says why', async () => {
  let destination = '/nowhere/out';
  const { world, ids } = await worldWithResults({ chooseExportFile: async () => destination });
  const request = { jobs: ids, format: 'csv' as const };
  await expect(world.client().results.export(request)).rejects.toMatchObject({
    code: 'UNWRITABLE',
    message: 'Cannot write /nowhere/out: no such file or folder (ENOENT).',
    data: { detail: 'ENOENT' },
  });
  destination = path.join(world.folder, 'folder');
  mkdirSync(destination);
  await expect(world.client().results.export(request)).rejects.toMatchObject({ code: 'UNWRITABLE' });
  expect(readdirSync(world.folder).sort()).toEqual(['data', 'folder']);
});

test('a dialog that was cancelled writes nothing; a job that is unknown is told', async () => {
  const { world, ids } = await worldWithResults({ chooseExportFile: async () => null });
  expect(await world.client().results.export({ jobs: ids, format: 'gnu' })).toEqual({ kind: 'cancelled' });
  await expect(world.client().results.export({ jobs: [404], format: 'gnu' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('a download holds what there was when it was asked for, however much is hashed until it is fetched', async () => {
  const offered: ResultDocument[] = [];
  const world = new World({
    offerDownload: (document) => {
      offered.push(document);
      return '/export/1';
    },
  });
  const { job, summary } = await world.startJob();
  job.emit([{ name: '/a', digests: md5(0xaa) }]);
  await vi.waitUntil(async () => (await world.state(summary.id)).batches === 1);
  const request = { jobs: [summary.id], format: 'gnu' as const };
  expect(await world.client().results.export(request)).toEqual({ kind: 'download', url: '/export/1' });
  job.emit([{ name: '/later', digests: md5(0xbb) }]);
  job.finish();
  await world.untilState(summary.id, 'finished');
  const read = async (document: ResultDocument): Promise<string> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of document.chunks()) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  expect(await read(offered[0]!)).toBe(`${hex('aa')}  /a\n`);
  expect(offered[0]).toMatchObject({ suggestedName: 'hashlane.txt', mediaType: 'text/plain' });
  await world.client().jobs.forget({ ids: [summary.id] });
  await expect(read(offered[0]!)).rejects.toMatchObject({ code: 'JOURNAL_REMOVED' });
});

test('digests stand in the order asked for, and those that a job lacks are left out', async () => {
  let destination = '';
  const { world, ids } = await worldWithResults({ chooseExportFile: async () => destination });
  destination = path.join(world.folder, 'out.csv');
  await world.client().results.export({ jobs: [ids[1]!], format: 'csv', digestsOf: ['sha256', 'md5'] });
  const [header, row] = readFileSync(destination, 'utf8').split('\r\n');
  expect(header).toContain('sha256,md5');
  expect(row).toContain(`,,${hex('cc')}`);
});

/** A job on these roots whose files end in this order, exported to `out` in this folder. */
async function exported(folderOf: (folder: string) => string, names: readonly string[]): Promise<string> {
  let destination = '';
  const world = new World({ chooseExportFile: async () => destination });
  destination = path.join(folderOf(world.folder), 'out');
  const [source] = await world.app.grant([path.join(world.folder, 'set')]);
  const { id } = await world
    .client()
    .jobs.start({ kind: 'hash', sources: [source!.id], algorithms: ['md5'], walk: {} });
  const job = world.engine.jobs[0]!;
  for (const name of names) job.emit([{ name: path.join(world.folder, 'set', name), digests: md5(0xaa) }]);
  job.finish();
  await world.untilState(id, 'finished');
  await world.client().results.export({ jobs: [id], format: 'gnu' });
  return readFileSync(destination, 'utf8')
    .replaceAll(world.folder, 'FOLDER')
    .replaceAll(`${hex('aa')}  `, '');
}

test('an export is the same, in walk order, in whatever order the files were done', async () => {
  const walked = ['a', 'a/b/c', 'a/d', 'a.txt', 'b'];
  const text = await exported((folder) => folder, [...walked].reverse());
  expect(text).toBe(walked.map((name) => `set/${name}\n`).join(''));
  expect(await exported((folder) => folder, walked)).toBe(text);
});

test('names are relative to the folder that the export is saved in, and whole where they lie outside', async () => {
  const inside = (folder: string): string => {
    mkdirSync(path.join(folder, 'set'));
    return path.join(folder, 'set');
  };
  expect(await exported(inside, ['x/y'])).toBe('x/y\n');
  expect(await exported((folder) => path.join(folder, 'data'), ['x/y'])).toBe('FOLDER/set/x/y\n');
});

test('a download names files below the folder that holds what was added, or below the base that is asked for', async () => {
  const documents: ResultDocument[] = [];
  const world = new World({
    offerDownload: (document) => {
      documents.push(document);
      return '/export/x';
    },
  });
  const granted = await world.app.grant(['/base/one/a', '/base/two']);
  const sources = granted.map((source) => source.id);
  const { id } = await world.client().jobs.start({ kind: 'hash', sources, algorithms: ['md5'], walk: {} });
  const job = world.engine.jobs[0]!;
  job.emit([{ name: '/base/two/b', root: 1, digests: md5(0xbb) }]);
  job.emit([{ name: '/base/one/a', root: 0, digests: md5(0xaa) }]);
  job.finish();
  await world.untilState(id, 'finished');
  const text = async (base?: string): Promise<string> => {
    await world.client().results.export({ jobs: [id], format: 'gnu', ...(base !== undefined && { base }) });
    const chunks = [];
    for await (const chunk of documents.at(-1)!.chunks()) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  expect(await text()).toBe(`${hex('aa')}  one/a\n${hex('bb')}  two/b\n`);
  expect(await text('/base/one')).toBe(`${hex('aa')}  a\n${hex('bb')}  /base/two/b\n`);
});

test('only the results that are chosen are written, under the name that was suggested', async () => {
  let suggested = '';
  let destination = '';
  const { world, ids } = await worldWithResults({
    chooseExportFile: async (name) => {
      suggested = name;
      return destination;
    },
  });
  destination = path.join(world.folder, 'out');
  const entries = (...chosen: number[]): string =>
    Buffer.from([chosen.reduce((bits, entry) => bits | (1 << entry), 0)]).toString('base64');
  const choose = (only: { job: number; entries: string }[]) =>
    world.client().results.export({ jobs: ids, format: 'gnu', name: '../x/SHA256SUMS', only });
  expect(await choose([{ job: ids[0]!, entries: entries(0) }])).toMatchObject({ records: 1 });
  expect(suggested).toBe('SHA256SUMS');
  expect(readFileSync(destination, 'latin1')).toBe(`${hex('aa')}  /d/a\n`);
  expect(await choose([])).toMatchObject({ records: 0 });
});

test('a file that was saved can be opened to be verified, and no other', async () => {
  let destination = '';
  const { world, ids } = await worldWithResults({ chooseExportFile: async () => destination });
  destination = path.join(world.folder, 'out');
  const other = path.join(world.folder, 'other');
  writeFileSync(other, '');
  const client = world.client();
  await expect(client.results.openSaved({ path: destination })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await client.results.export({ jobs: ids, format: 'gnu' });
  expect(await client.results.openSaved({ path: destination })).toMatchObject({ kind: 'file', path: destination });
  await expect(client.results.openSaved({ path: other })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
