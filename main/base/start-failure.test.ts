import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { describeStartFailure } from './start-failure.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const failureOf = (attempt: () => void): unknown => {
  try {
    attempt();
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
};

test('a folder that cannot be made is named', () => {
  const file = path.join(temporaryFolder(), 'profile');
  writeFileSync(file, '');
  const folder = path.join(file, 'data');
  const failure = failureOf(() => mkdirSync(folder));
  expect(describeStartFailure(failure)).toBe(`${folder} cannot be used: a part of the path is not a folder (ENOTDIR)`);
});

test('an address that is taken is named by its code', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address() as { port: number };
  const failure = await new Promise<unknown>((resolve) =>
    createServer().once('error', resolve).listen(address.port, '127.0.0.1'),
  );
  taken.close();
  expect(describeStartFailure(failure)).toBe('another program listens there; choose another port (EADDRINUSE)');
});

test('an error in words of our own is said as it is, with its code', () => {
  const missing = Object.assign(new Error('The engine is missing'), { code: 'ADDON_MISSING' });
  expect(describeStartFailure(missing)).toBe('The engine is missing (ADDON_MISSING)');
  expect(describeStartFailure(new Error('odd'))).toBe('odd');
});
