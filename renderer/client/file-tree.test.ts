import { expect, it } from 'vitest';
import { PathFilter } from '#shared/text/glob.ts';
import { listEntry } from './file-tree.ts';

const everything = new PathFilter({ hidden: true, include: [], exclude: [] });

function file(name: string, contents: string | null = ''): FileSystemFileEntry {
  const entry = {
    isFile: true,
    isDirectory: false,
    name,
    file: (done: (file: File) => void, failed: (error: DOMException) => void) =>
      contents === null ? failed(new DOMException('', 'NotFoundError')) : done(new File([contents], name)),
  };
  return entry as unknown as FileSystemFileEntry;
}

/** Like a browser's: `readEntries` answers in portions, then with none. */
function folder(name: string, children: readonly FileSystemEntry[] | null, portion = 2): FileSystemDirectoryEntry {
  const createReader = () => {
    let at = 0;
    return {
      readEntries: (done: (entries: FileSystemEntry[]) => void, failed: (error: DOMException) => void) => {
        if (children === null) return failed(new DOMException('', 'NotReadableError'));
        done(children.slice(at, at + portion));
        at += portion;
      },
    };
  };
  return { isFile: false, isDirectory: true, name, createReader } as unknown as FileSystemDirectoryEntry;
}

it('lists a folder to its last portion and all that lies below', async () => {
  const entry = folder('photos', [
    file('a.jpg'),
    folder('2019', [file('b.jpg'), file('c.jpg'), file('d.jpg')]),
    file('e.jpg'),
  ]);
  const paths = (await listEntry(entry, everything)).map((one) => one.path);
  expect(paths).toEqual([
    'photos/a.jpg',
    'photos/2019/b.jpg',
    'photos/2019/c.jpg',
    'photos/2019/d.jpg',
    'photos/e.jpg',
  ]);
});

it('keeps a place for what the browser cannot open, with the reason', async () => {
  const listed = await listEntry(
    folder('mixed', [file('locked', null), folder('closed', null), file('open', 'x')]),
    everything,
  );
  expect(listed.map(({ path, file: opened }) => [path, typeof opened === 'string' ? opened : opened.name])).toEqual([
    ['mixed/locked', 'ENOENT'],
    ['mixed/closed', 'EACCES'],
    ['mixed/open', 'open'],
  ]);
});

it('finds nothing in an empty folder', async () => {
  expect(await listEntry(folder('empty', []), everything)).toEqual([]);
});

it('leaves out what the filter does not keep, and does not look into such folders', async () => {
  const unlookedAt = {
    isFile: false,
    isDirectory: true,
    name: 'node_modules',
    createReader: () => expect.fail('an excluded folder was read'),
  } as unknown as FileSystemDirectoryEntry;
  const entry = folder('project', [
    file('.env'),
    folder('.git', [file('a.ts')]),
    unlookedAt,
    folder('project', [file('a.ts'), file('b.ts'), file('a.md')]),
    file('a.ts'),
  ]);
  const filter = new PathFilter({ hidden: false, include: ['*.ts'], exclude: ['node_modules', 'project/b.ts'] });
  expect((await listEntry(entry, filter)).map((one) => one.path)).toEqual(['project/project/a.ts', 'project/a.ts']);
});

it('always takes what was dropped itself', async () => {
  const filter = new PathFilter({ hidden: false, include: ['*.txt'], exclude: ['.*'] });
  expect((await listEntry(file('.profile'), filter)).map((one) => one.path)).toEqual(['.profile']);
  const dropped = folder('.config', [file('a.txt'), file('b.md')]);
  expect((await listEntry(dropped, filter)).map((one) => one.path)).toEqual(['.config/a.txt']);
});
