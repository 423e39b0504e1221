import { expect, test } from './world/test.ts';

test('every chosen algorithm has its column, from one read', async ({ hashlane, files }) => {
  await hashlane.chooseAlgorithms(['MD5', 'SHA-1', 'SHA-512', 'SHA3-256', 'CRC-32']);
  await hashlane.drop([files.write('f.bin', 'The quick brown fox jumps over the lazy dog')]);
  await hashlane.hash();
  expect(await hashlane.digestOf('f.bin', 'MD5')).toBe('9e107d9d372bb6826bd81d3542a419d6');
  expect(await hashlane.digestOf('f.bin', 'SHA-1')).toBe('2fd4e1c67a2d28fced849ee1bb76e7391b93eb12');
  expect(await hashlane.digestOf('f.bin', 'SHA-512')).toBe(files.digest('f.bin', 'sha512'));
  expect(await hashlane.digestOf('f.bin', 'SHA3-256')).toBe(files.digest('f.bin', 'sha3-256'));
  expect(await hashlane.digestOf('f.bin', 'CRC-32')).toBe('414fa339');
  expect(await hashlane.columns()).not.toContain('SHA-256');
});

test('the choice is kept', async ({ hashlane, files }) => {
  await hashlane.chooseAlgorithms(['BLAKE3', 'ED2K']);
  await hashlane.page.reload();
  await hashlane.drop([files.write('empty.bin', '')]);
  await hashlane.hash();
  expect(await hashlane.digestOf('empty.bin', 'ED2K')).toBe('31d6cfe0d16ae931b73c59d7e0c089c0');
  expect(await hashlane.digestOf('empty.bin', 'BLAKE3')).toBe(
    'af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262',
  );
});

test('the last algorithm cannot be taken away', async ({ hashlane }) => {
  await hashlane.chooseAlgorithms(['SHA-256']);
  await hashlane.button('Algorithms').click();
  await expect(hashlane.page.getByRole('checkbox', { name: 'SHA-256', exact: true })).toBeDisabled();
});
