import { expect, test } from './world/test.ts';

test.describe('dropping', () => {
  test('a file shows its digest', async ({ hashlane, files }) => {
    await hashlane.drop([files.write('letter.txt', 'Dear reader')]);
    await hashlane.hash();
    expect(await hashlane.digestOf('letter.txt')).toBe(files.digest('letter.txt'));
    expect(await hashlane.statusOf('letter.txt')).toBe('OK');
  });

  test('several files hashes every one of them', async ({ hashlane, files }) => {
    const names = ['a.bin', 'b.bin', 'c.bin', 'empty.bin'];
    const contents = ['first', 'second', 'third', ''];
    await hashlane.drop(names.map((name, index) => files.write(name, contents[index]!)));
    await hashlane.hash();
    await hashlane.hasRows(names.length);
    for (const name of names) expect(await hashlane.digestOf(name)).toBe(files.digest(name));
  });

  test('a folder hashes everything below it', async ({ hashlane, files }) => {
    const names = ['album/one.jpg', 'album/two.jpg', 'album/raw/three.nef', 'album/raw/deep/er/four.nef'];
    for (const name of names) files.write(name);
    await hashlane.drop([files.path('album')]);
    await hashlane.hash();
    await hashlane.hasRows(names.length);
    for (const name of names) expect(await hashlane.digestOf(name)).toBe(files.digest(name));
  });

  test('works anywhere in the window, also on a running job and for names that are odd', async ({
    hashlane,
    files,
  }) => {
    await hashlane.drop([files.write('plain.txt')]);
    await hashlane.hash();
    await hashlane.drop([files.write('-dash "quotes" & ünïcödé 日本.txt', 'odd')]);
    await hashlane.hash();
    await hashlane.hasRows(2);
    expect(await hashlane.digestOf('-dash "quotes" & ünïcödé 日本.txt')).toBe(
      files.digest('-dash "quotes" & ünïcödé 日本.txt'),
    );
  });
});

test.describe('named on the command line', () => {
  test.use({ startedWith: { names: ['one.iso', 'two.iso'] } });

  test('files wait for Start', async ({ hashlane, files }) => {
    await expect(hashlane.page.getByText('one.iso').first()).toBeVisible();
    await hashlane.hash();
    await hashlane.hasRows(2);
    expect(await hashlane.digestOf('two.iso')).toBe(files.digest('two.iso'));
  });
});
