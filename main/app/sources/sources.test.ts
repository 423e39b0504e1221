import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '#shared/contract/models.ts';
import { limits } from '#shared/jobs/limits.ts';
import { temporaryFolder, World } from '../testing/world.ts';

function someFiles(): string {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'sub10'));
  mkdirSync(path.join(folder, 'sub9'));
  mkdirSync(path.join(folder, '.hidden'));
  writeFileSync(path.join(folder, 'a.txt'), 'abc');
  symlinkSync('sub9', path.join(folder, 'link'));
  symlinkSync('nowhere', path.join(folder, 'dangling'));
  return folder;
}

describe('granting', () => {
  test('files and folders are told apart, and a missing path becomes a source all the same', async () => {
    const folder = someFiles();
    const granted = await new World().app.grant([path.join(folder, 'a.txt'), `${folder}/`, path.join(folder, 'gone')]);
    expect(granted.map(({ kind, name, size }) => ({ kind, name, size }))).toEqual([
      { kind: 'file', name: 'a.txt', size: 3 },
      { kind: 'folder', name: path.basename(folder), size: null },
      { kind: 'file', name: 'gone', size: null },
    ]);
    expect(granted[1]!.path).toBe(folder);
  });

  test('a name that is not UTF-8 is shown with a replacement character', async () => {
    const [source] = await new World().app.grant([Buffer.from('/data/caf\xe9', 'latin1')]);
    expect(source).toMatchObject({ name: 'caf\ufffd', path: '/data/caf\ufffd' });
  });

  test('what is granted twice waits once, until it is removed', async () => {
    const world = new World();
    const [first] = await world.app.grant(['/data/a']);
    expect(await world.app.grant(['/data/a', '/data/a/'])).toEqual([first, first]);
    expect(await world.client().sources.list()).toEqual([first]);
    await world.client().sources.remove({ ids: [first!.id, 'unknown'] });
    const [again] = await world.app.grant(['/data/a']);
    expect(again!.id).not.toBe(first!.id);
  });

  test('that are many keep their order, and each waits once though they are granted twice at the same time', async () => {
    const world = new World();
    const paths = Array.from({ length: 1_200 }, (_, n) => `/data/${n}`);
    const [once, again] = await Promise.all([world.app.grant(paths), world.app.grant([...paths].reverse())]);
    expect(once!.map((source) => source.path)).toEqual(paths);
    expect(again!.map((source) => source.id)).toEqual(once!.map((source) => source.id).reverse());
    expect(await world.client().sources.list()).toHaveLength(1_200);
  });

  test('a list that grows too long is refused as a whole and keeps what it had', async () => {
    const world = new World();
    const [first] = await world.app.grant(['/data/first']);
    const many = Array.from({ length: limits.sources }, (_, n) => `/data/${n}`);
    await expect(world.app.grant(many)).rejects.toMatchObject({ code: 'INPUT_TOO_LARGE' });
    expect(await world.client().sources.list()).toEqual([first]);
  });

  test('a path with NUL is refused', async () => {
    await expect(new World().app.grant([Buffer.from('/data/a\0b')])).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('typed paths', () => {
  test('a whole path is granted; a relative one or one where nothing is gets a clear answer', async () => {
    const folder = someFiles();
    const { sources } = new World().client();
    expect(await sources.addPath({ path: folder })).toMatchObject({ kind: 'folder', path: folder });
    for (const typed of ['a.txt', path.join(folder, 'gone'), `${folder}\0`]) {
      await expect(sources.addPath({ path: typed })).rejects.toMatchObject({ code: 'NOT_FOUND', defined: true });
    }
    expect(await sources.list()).toHaveLength(1);
  });

  test('quotes and spaces around a path are no part of it, unless they are of its name', async () => {
    const folder = someFiles();
    const { sources } = new World().client();
    for (const typed of [`"${folder}"`, ` "${folder}" `, `${folder} `, ` ${folder}\n`]) {
      expect((await sources.listFolder({ path: typed })).path).toBe(folder);
    }
    mkdirSync(`${folder} `);
    expect((await sources.listFolder({ path: `${folder} ` })).path).toBe(`${folder} `);
    rmSync(`${folder} `, { recursive: true });
  });

  test('folders are listed in natural order, links to folders included', async () => {
    const folder = someFiles();
    const listing = await new World().client().sources.listFolder({ path: folder });
    expect(listing.folders.map((entry) => entry.name)).toEqual(['.hidden', 'link', 'sub9', 'sub10']);
    expect(listing.folders[2]!.path).toBe(path.join(folder, 'sub9'));
    expect(listing).toMatchObject({ path: folder, parent: path.dirname(folder), truncated: false });
  });

  test('listing starts at the home folder and ends at the root', async () => {
    const { sources } = new World().client();
    expect((await sources.listFolder({ path: null })).path).toBe(homedir());
    expect((await sources.listFolder({ path: '~' })).path).toBe(homedir());
    expect((await sources.listFolder({ path: '/' })).parent).toBeNull();
  });

  test('a folder that is not there or is a file says so', async () => {
    const folder = someFiles();
    const { sources } = new World().client();
    await expect(sources.listFolder({ path: `${folder}/gone` })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(sources.listFolder({ path: `${folder}/a.txt` })).rejects.toMatchObject({
      code: 'UNREADABLE',
      data: { detail: 'ENOTDIR' },
    });
  });
});

describe('a host without typed paths and uploads, such as Electron', () => {
  const electron = { kind: 'electron', acceptsTypedPaths: false, acceptsUploads: false } as const;

  test('a page can neither name paths nor list folders nor declare uploads', async () => {
    const { sources } = new World(electron).client();
    const refused = { code: 'FORBIDDEN', defined: true };
    await expect(sources.addPath({ path: '/etc/passwd' })).rejects.toMatchObject(refused);
    await expect(sources.listFolder({ path: '/' })).rejects.toMatchObject(refused);
    await expect(sources.declareUpload({ name: 'a', entries: [{ path: 'a', size: 1 }] })).rejects.toMatchObject(
      refused,
    );
    expect(await sources.list()).toEqual([]);
  });

  test('dialogs grant what the person picked there', async () => {
    const folder = someFiles();
    const world = new World({
      ...electron,
      pickFiles: async () => [path.join(folder, 'a.txt')],
      pickFolder: async () => [],
    });
    expect(await world.client().sources.pickFiles()).toMatchObject([{ name: 'a.txt' }]);
    expect(await world.client().sources.pickFolder()).toEqual([]);
  });

  test('dialogs that a host does not have are forbidden', async () => {
    await expect(new World().client().sources.pickFiles()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('only what was hashed can be shown in the file manager', async () => {
    const shown: string[] = [];
    const world = new World({ ...electron, reveal: (file) => shown.push(file) });
    await world.startJob();
    const { system } = world.client();
    await system.reveal({ path: '/somewhere/a/b.txt' });
    for (const forged of ['/etc/passwd', '/somewhere/abc', '/somewhere/a/../../etc/passwd', '/somewhere']) {
      await expect(system.reveal({ path: forged })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(shown).toEqual(['/somewhere/a/b.txt']);
  });

  test.skipIf(process.platform === 'win32')(
    'a link out of what was hashed is not followed, unless the job did',
    async () => {
      const shown: string[] = [];
      const world = new World({ ...electron, reveal: (file) => shown.push(file) });
      const folder = temporaryFolder();
      mkdirSync(path.join(folder, 'granted'));
      mkdirSync(path.join(folder, 'secret'));
      symlinkSync('../secret', path.join(folder, 'granted', 'link'));
      const client = world.client();
      const start = async (followSymlinks: boolean) => {
        const [source] = await world.app.grant([path.join(folder, 'granted')]);
        const walk = { ...defaultSettings.walk, followSymlinks };
        await client.jobs.start({ kind: 'hash', sources: [source!.id], algorithms: ['md5'], walk });
      };
      const beyond = path.join(folder, 'granted', 'link', 'x');
      await start(false);
      await client.system.reveal({ path: path.join(folder, 'granted', 'link') });
      await expect(client.system.reveal({ path: beyond })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await start(true);
      await client.system.reveal({ path: beyond });
      expect(shown).toEqual([path.join(folder, 'granted', 'link'), beyond]);
    },
  );
});

test('an error that nobody foresaw reaches the log, and the page without its words', async () => {
  const world = new World({
    pickFiles: async () => {
      throw new Error('a secret path');
    },
  });
  await expect(world.client().sources.pickFiles()).rejects.toMatchObject({
    code: 'INTERNAL_SERVER_ERROR',
    message: 'Something went wrong inside Hashlane. Its log tells more.',
  });
  expect(world.errors).toMatchObject([{ message: 'a secret path' }]);
});

test('the system describes engine and host', async () => {
  const info = await new World().client().system.info();
  expect(info).toMatchObject({
    product: 'Hashlane',
    version: '1.2.3',
    host: 'web',
    engine: { threads: 2, cpu: ['AVX2'] },
  });
});

test('process readings count, and the delay of the event loop shows a blocked loop', async () => {
  const { system } = new World().client();
  await system.process();
  await new Promise((resolve) => setTimeout(resolve, 60));
  const until = performance.now() + 120;
  while (performance.now() < until);
  await new Promise((resolve) => setTimeout(resolve, 30));
  const reading = await system.process();
  expect(reading.loopDelayMs.max).toBeGreaterThan(80);
  expect(reading.loopDelayMs.max).toBeLessThan(2_000);
  expect(reading.residentBytes).toBeGreaterThan(reading.heapUsedBytes);
});
