import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { expect, test } from './world/test.ts';

test('a file that vanished before Start is reported missing, and the rest goes on', async ({ hashlane, files }) => {
  files.write('set/stays.txt');
  files.write('gone/vanishes.txt');
  await hashlane.host.addFolder(files.path('set'));
  await hashlane.host.addFolder(files.path('gone'));
  rmSync(files.path('gone'), { recursive: true });
  await hashlane.hash();
  await hashlane.hasRows(2);
  expect(await hashlane.digestOf('stays.txt')).toBe(files.digest('set/stays.txt'));
  expect(await hashlane.statusOf('gone')).toContain('Missing');
});

test.describe('on POSIX', () => {
  test.skip(process.platform === 'win32', 'needs mkfifo and symbolic links');

  test('a named pipe is skipped with its reason and never opened', async ({ hashlane, files }) => {
    files.write('set/plain.txt');
    execFileSync('mkfifo', [files.path('set/pipe')]);
    await hashlane.host.addFolder(files.path('set'));
    await hashlane.hash();
    expect(await hashlane.statusOf('plain.txt')).toBe('OK');
    expect(await hashlane.statusOf('pipe')).toContain('Skipped');
    await hashlane.row('pipe').dblclick();
    await expect(hashlane.page.getByText(/named pipe/i).first()).toBeVisible();
  });

  test('a symbolic link to nothing does not stop a scan', async ({ hashlane, files }) => {
    files.write('set/plain.txt');
    symlinkSync('nowhere', files.path('set/dangling'));
    await hashlane.host.addFolder(files.path('set'));
    await hashlane.hash();
    await hashlane.hasRows(2);
    expect(await hashlane.statusOf('plain.txt')).toBe('OK');
    expect(await hashlane.statusOf('dangling')).toContain('Skipped');
  });

  test('a name with a line break or an escape sequence stays in its row, made visible', async ({ hashlane, files }) => {
    files.write('set/two\nlines.txt');
    files.write('set/\u001b[31mred.txt');
    await hashlane.host.addFolder(files.path('set'));
    await hashlane.hash();
    await hashlane.hasRows(2);
    expect((await hashlane.visibleNames()).sort()).toEqual(['\\x1b[31mred.txt', 'two\\nlines.txt']);
    const digest = files.digest('set/two\nlines.txt');
    expect(await hashlane.digestOf('two\\nlines.txt')).toBe(digest);
  });
});
