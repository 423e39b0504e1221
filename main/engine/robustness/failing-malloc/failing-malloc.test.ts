/** Any single allocation of the addon that ships may fail: right digests or an error, and the process lives. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { algorithms } from '#shared/tables/algorithms.ts';
import { run } from '../../testing/processes.ts';
import { temporaryFolder } from '../../testing/world.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const library = path.join(folder.path, 'failing-malloc.so');
const file = path.join(folder.path, 'file');
const large = path.join(folder.path, 'large');

beforeAll(() => {
  const source = path.join(import.meta.dirname, 'failing-malloc.c');
  execFileSync('cc', ['-O2', '-shared', '-fPIC', '-o', library, source, '-ldl']);
  writeFileSync(file, 'abc');
  writeFileSync(large, new Uint8Array(9_000_000).fill(7));
});

/**
 * `once(n)` hashes two files and a stream on an engine of its own while the n-th allocation fails, compares all
 * digests with `right` and gives how many allocations there were.
 */
const attempts = `
  const { openBatch } = await import(data.reader);
  const hash = async (algorithms) => {
    const digests = new Map();
    let problems = 0;
    const onBatch = (batch, release) => {
      const view = openBatch(batch);
      for (let i = 0; i < view.count; i++) {
        const name = Buffer.from(view.nameBytes(i)).toString();
        if (view.status(i) !== 'ok') { problems++; continue; }
        digests.set(name, algorithms.map((name) => view.digestText(i, name)).join(' '));
      }
      release();
    };
    try {
      const engine = load();
      try {
        const started = engine.start(job(data.files, { algorithms, feeds: 1, onBatch }));
        started.done.catch(() => {});
        try {
          const feed = started.openFeed(Buffer.from('stream'), 0, 3);
          await feed.write(Buffer.from('abc'));
          await feed.end();
        } catch { problems++; started.cancel(); }
        const end = await started.done;
        if (end.state !== 'finished') problems++;
      } finally { await engine.close(); }
    } catch (error) { problems++; }
    return { digests, problems };
  };
  const once = async (n, algorithms, right) => {
    process.env.FAILING_MALLOC = String(n);
    const { digests, problems } = await hash(algorithms);
    const seen = Number(process.env.FAILING_MALLOC_SEEN);
    process.env.FAILING_MALLOC = '0';
    for (const [name, digest] of digests) {
      if (digest !== (right ?? digests).get(name)) say('wrong: ' + n + ' ' + algorithms + ' ' + name);
    }
    if (digests.size < data.files.length + 1 && problems === 0) say('lost: ' + n + ' ' + algorithms);
    if (problems > 0 && seen < n) say('error without a failure: ' + n + ' ' + algorithms);
    return seen;
  };
  addonPath && createRequire(import.meta.url)(addonPath);
`;

const data = { files: [file], reader: path.join(import.meta.dirname, '../../../../shared/batch/reader.ts') };
const preload = { LD_PRELOAD: library };
const names = algorithms.map(({ name }) => name);

/** How many of a job's allocations are made to fail; `npm test` takes samples, HASHLANE_FAILURES=10000 takes all. */
const most = Number(process.env.HASHLANE_FAILURES ?? 4);

const sampled = `
  const sample = async (algorithms, most) => {
    const { digests: right, problems } = await hash(algorithms);
    if (problems > 0 || right.size !== data.files.length + 1) say('nothing to compare with: ' + algorithms);
    const all = await once(1e9, algorithms, right);
    const tries = Math.min(all, most);
    for (let i = 0; i < tries; i++) await once(1 + Math.floor((i * all) / tries), algorithms, right);
    return tries;
  };
`;

describe.runIf(process.platform === 'linux')('an allocation of the addon that fails', () => {
  test('costs a job with any single algorithm at most its results', { timeout: 600_000 }, async () => {
    const end = await run(
      `${attempts} ${sampled}
       for (const name of data.names) await sample([name], data.most);
       say('end');
       process.exit(0);`,
      { data: { ...data, files: [file, large], names, most }, env: preload, seconds: 590 },
    );
    expect(end).toMatchObject({ status: 0, errors: '', said: ['end'] });
  });

  test('costs a job with all algorithms at most its results', { timeout: 600_000 }, async () => {
    const end = await run(
      `${attempts} ${sampled}
       await sample(data.names, 20 * data.most);
       say('end');
       process.exit(0);`,
      { data: { ...data, names, most }, env: preload, seconds: 590 },
    );
    expect(end).toMatchObject({ status: 0, errors: '', said: ['end'] });
  });

  test('at the first use of every algorithm ends no process', { timeout: 600_000 }, async () => {
    const first = (n: number) =>
      run(
        `${attempts}
         say('seen ' + await once(${n}, data.names));
         process.exit(0);`,
        { data: { ...data, names }, env: preload, seconds: 60 },
      );
    const counted = await first(1_000_000_000);
    const all = Number(/\d+/.exec(counted.said[0]!)?.[0]);
    expect(all).toBeGreaterThan(1000);
    const tries = Math.min(all, 4 * most);
    for (let i = 0; i < tries; i++) {
      const n = 1 + Math.floor((i * all) / tries);
      const end = await first(n);
      expect(end, `allocation ${n}`).toMatchObject({ status: 0, errors: '', said: [expect.stringMatching(/^seen/)] });
    }
  });
});
