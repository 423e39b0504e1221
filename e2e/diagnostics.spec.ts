import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { formatCount, formatSize } from '#shared/text/quantities.ts';
import type { Files } from './world/files.ts';
import type { Hashlane } from './world/hashlane.ts';
import { Panel } from './world/panel.ts';
import { expect, test } from './world/test.ts';

/** A file that takes long, and says so in its name. */
async function startLong(hashlane: Hashlane, files: Files): Promise<void> {
  files.sparse('huge/image.raw', 2 ** 42);
  await hashlane.host.addFolder(files.path('huge'));
  await hashlane.start();
}

test('Diagnostics shows the engine at work, live', async ({ hashlane, files }) => {
  const panel = new Panel(hashlane);
  await panel.open();
  const pools = panel.table('Buffer pools');
  await expect(pools.getByRole('row')).not.toHaveCount(0);
  const idle = await pools.textContent();

  await startLong(hashlane, files);
  await expect(panel.table('Threads').getByText('image.raw').first()).toBeVisible();
  await expect.poll(() => pools.textContent()).not.toBe(idle);
  const throughput = panel.region.getByRole('listitem').filter({ hasText: /^read/ });
  await expect(throughput).toHaveText(/[1-9].* [kMG]B\/s/);
  const read = await panel.figure('Read').textContent();
  await expect(panel.figure('Read')).not.toHaveText(read!);
  await expect(panel.figure('Jobs at work')).toHaveText('1');

  await hashlane.button('Cancel').click();
  await hashlane.finished(5_000);
  await expect(panel.table('Threads').getByText('image.raw')).toHaveCount(0);
  await expect(panel.figure('Jobs at work')).toHaveText('0');
  await expect(throughput).toHaveText(/ 0 B\/s/);
});

test('Diagnostics names the kernels and the threads', async ({ hashlane }) => {
  const panel = new Panel(hashlane);
  await panel.open();
  const kernels = panel.region.getByRole('list', { name: 'Kernels' });
  await expect(kernels.getByRole('listitem').filter({ hasText: 'SHA-256' }).first()).toContainText(/OpenSSL.*passed/);
  await expect(
    panel
      .table('Threads')
      .getByText(/worker/)
      .first(),
  ).toBeVisible();
  await expect(panel.table('Threads').getByText(/idle/i).first()).toBeVisible();
});

const sizes = { 'known/a.bin': 1_000, 'known/b.bin': 70_000, 'known/in/c.bin': 300_000, 'known/in/deep/empty': 0 };
const bytes = Object.values(sizes).reduce((sum, size) => sum + size);

/** Four files in three folders, a link and a pipe, hashed with two algorithms. */
async function hashKnown(hashlane: Hashlane, files: Files): Promise<void> {
  for (const [name, size] of Object.entries(sizes)) files.write(name, Buffer.alloc(size, name));
  symlinkSync('a.bin', files.path('known/link'));
  execFileSync('mkfifo', [files.path('known/in/pipe')]);
  await hashlane.chooseAlgorithms(['SHA-256', 'MD5']);
  await hashlane.host.addFolder(files.path('known'));
  await hashlane.hash();
}

test('the figures are right for a known job', async ({ hashlane, files }) => {
  await hashKnown(hashlane, files);
  const panel = new Panel(hashlane);
  await panel.open();
  await expect(panel.figure('Read')).toHaveText(formatSize(bytes));
  await expect(panel.figure('Hashed, all algorithms')).toHaveText(formatSize(bytes * 2));
  await expect(panel.figure('Files hashed')).toHaveText('4');
  await expect(panel.figure('Folders listed')).toHaveText('3');
  await expect(panel.figure('Results delivered')).toHaveText('6');
  await expect
    .poll(() => panel.rows('Files without a digest'))
    .toEqual([
      ['SYMLINK', 'symbolic link, not followed', '1'],
      ['FIFO', 'named pipe, never opened', '1'],
    ]);

  const { stages, memory, pools, batches, reasons } = await panel.report();
  expect(stages).toMatchObject({ bytesRead: bytes, bytesHashed: bytes * 2, filesHashed: 4, recordsDelivered: 6 });
  expect(reasons!.map(({ code, count }) => [code, count])).toEqual([
    ['SYMLINK', 1],
    ['FIFO', 1],
  ]);
  expect(pools!.reduce((sum, pool) => sum + pool.held * pool.blockBytes, 0)).toBe(memory!.held);
  expect(memory!.held).toBeLessThanOrEqual(memory!.ceiling);
  for (const { held, inUse, peak } of pools!) {
    expect(inUse).toBeLessThanOrEqual(held);
    expect(inUse).toBeLessThanOrEqual(peak);
  }
  expect(batches!.sealed).toBeGreaterThan(0);
  expect(batches!.openRecords).toBe(0);
  expect(batches!.slabsOut).toBe(0);
});

test('lanes and ways are told right for a known job', async ({ hashlane, files }) => {
  await hashKnown(hashlane, files);
  const panel = new Panel(hashlane);
  await panel.open();
  const { ways, lanes } = await panel.report();
  // Every byte went through each algorithm's kernels once, whichever way.
  expect(lanes!.map(({ algorithm }) => algorithm).sort()).toEqual(['md5', 'sha256']);
  for (const lane of lanes!) {
    expect(lane.streamBytes + lane.laneBytes + lane.partBytes).toBe(bytes);
    expect(lane.laneBytes).toBeLessThanOrEqual(lane.laneCapacityBytes);
  }
  expect(ways!.filesInLanes + ways!.filesInBlocks + ways!.filesInPieces).toBe(4);
});

test('the device of a known job is told with what was read from it', async ({ hashlane, files }) => {
  await hashKnown(hashlane, files);
  const panel = new Panel(hashlane);
  await panel.open();
  const { devices } = await panel.report();
  expect(devices!.reduce((sum, device) => sum + device.bytesRead, 0)).toBe(bytes);
  expect(devices!.map(({ active, stalledThreads }) => active + stalledThreads)).toEqual(devices!.map(() => 0));
  expect(await panel.rows('Devices')).toHaveLength(devices!.length);
});

test('the copied report tells what is shown', async ({ hashlane, files }) => {
  await hashlane.host.addFolder(files.path(files.write('set/a.txt').slice(files.root.length + 1, -'/a.txt'.length)));
  await hashlane.hash();
  const panel = new Panel(hashlane);
  await panel.open();
  await expect(panel.figure('Jobs at work')).toHaveText('0');

  // Buffers are given back at rest: both are looked at again until nothing moved between them.
  await expect(async () => {
    const { pools, stages, batches, threads, engine } = await panel.report();
    expect((await panel.rows('Buffer pools')).map((row) => row.slice(1))).toEqual(
      pools!.map(({ held, inUse, peak, hits, misses, trimmed }) =>
        [held, inUse, peak, hits, misses, trimmed].map(formatCount),
      ),
    );
    await expect(panel.figure('Files hashed')).toHaveText(formatCount(stages!.filesHashed));
    await expect(panel.figure('Batches sealed')).toHaveText(
      `${formatCount(batches!.sealed)} · ${formatSize(batches!.bytes)}`,
    );
    expect((await panel.rows('Threads')).map(([name]) => name)).toEqual(
      threads!.map(({ kind, number }) => `${kind} ${number}`),
    );
    await expect(panel.region.getByRole('list', { name: 'Kernels' }).getByRole('listitem')).toHaveCount(
      engine.kernels.length,
    );
  }).toPass();
  const text = await panel.copy('As text');
  expect(text).toContain('Buffer pools');
  expect(text).toMatch(/files hashed +1\n/);
});

test('the copied report names files only when asked', async ({ hashlane, files }) => {
  const panel = new Panel(hashlane);
  await panel.open();
  await startLong(hashlane, files);
  await expect(panel.table('Threads').getByText('image.raw').first()).toBeVisible();
  for (const form of ['As text', 'As JSON'] as const) {
    const unnamed = await panel.copy(form);
    expect(unnamed).not.toContain('image.raw');
    expect(unnamed).not.toContain(files.root);
    expect(await panel.copy(form, { withNames: true })).toContain('image.raw');
  }
  expect((await panel.report()).withNames).toBe(false);
  await hashlane.button('Cancel').click();
  await hashlane.finished(5_000);
});

test('a closed panel asks for nothing and leaves nothing behind', async ({ hashlane }) => {
  const { page } = hashlane;
  const panel = new Panel(hashlane);
  // Counts what the page asks for on its byte channel, whichever carries it.
  await page.evaluate(() => {
    const counts = globalThis as unknown as { asked: number };
    counts.asked = 0;
    const count = (message: unknown): void => {
      if ((typeof message === 'string' ? message : JSON.stringify(message)).includes('"stats"')) counts.asked++;
    };
    for (const [prototype, method] of [
      [WebSocket.prototype, 'send'],
      [MessagePort.prototype, 'postMessage'],
    ] as const) {
      const owner = prototype as unknown as Record<string, (...args: unknown[]) => void>;
      const original = owner[method]!;
      owner[method] = function (...args) {
        if (!(args[0] instanceof ArrayBuffer || ArrayBuffer.isView(args[0]))) count(args[0] ?? null);
        return original.apply(this, args);
      };
    }
  });
  const asked = (): Promise<number> => page.evaluate(() => (globalThis as unknown as { asked: number }).asked);

  await panel.open();
  await expect.poll(asked).toBeGreaterThan(1);
  await expect(page.locator('canvas')).toHaveCount(2);
  await panel.close();
  await expect(page.locator('canvas')).toHaveCount(0);
  const atClosing = await asked();
  // Longer than an open panel waits between readings.
  await page.waitForTimeout(4_000);
  expect(await asked()).toBe(atClosing);
});

test('a reloaded page shows the job in Diagnostics again, and its end', async ({ hashlane, files }) => {
  const panel = new Panel(hashlane);
  await startLong(hashlane, files);
  await panel.open();
  await expect(panel.figure('Jobs at work')).toHaveText('1');

  await hashlane.page.reload();
  await hashlane.progress.waitFor();
  await panel.open();
  await expect(panel.figure('Jobs at work')).toHaveText('1');
  const read = await panel.figure('Read').textContent();
  await expect(panel.figure('Read')).not.toHaveText(read!);

  await hashlane.button('Cancel').click();
  await hashlane.finished(5_000);
  await expect(panel.figure('Jobs at work')).toHaveText('0');
  await expect(panel.figure('Groups of files that wait')).toHaveText(/^0 of/);
});

test('a low panel is used by keyboard alone', async ({ hashlane }) => {
  const { page } = hashlane;
  const panel = new Panel(hashlane);
  await panel.open();
  const handle = page.getByRole('separator', { name: 'Height of the diagnostics panel' });
  for (let step = 0; step < 12; step++) await handle.press('ArrowDown');
  await expect(handle).toHaveAttribute('aria-valuenow', '140');

  const kernels = panel.region.getByRole('heading', { name: 'Kernels' });
  await expect(kernels).not.toBeInViewport();
  await panel.region.getByRole('button', { name: 'Kernels' }).press('Enter');
  await expect(kernels).toBeInViewport();
  await expect(kernels).toBeFocused();

  await panel.region.getByRole('button', { name: 'Copy report' }).press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Report copied' }).first()).toBeVisible();
  expect(await hashlane.host.clipboardText()).toMatch(/^\{|^Hashlane/);
});
