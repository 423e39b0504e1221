import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadEngine } from '../../../engine/native-engine.ts';
import { Scratch } from '../../testing/scratch.ts';
import { TestWorld } from '../../testing/test-world.ts';

let scratch = new Scratch();
beforeEach(() => {
  scratch = new Scratch();
  scratch.file('in/a.txt', 'a');
  scratch.file('in/sub/b.txt', 'bb');
  scratch.file('in/sub/c.txt', 'ccc');
  scratch.shell('cd in && sha256sum a.txt sub/b.txt sub/c.txt > SHA256SUMS');
});
afterEach(() => scratch.remove());

async function hashlane(...argv: string[]) {
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  const status = await world.run(...argv);
  return { status, printed: Buffer.from(world.printed, 'latin1').toString(), said: world.said };
}

interface Entry {
  readonly path: string | null;
  readonly status: string;
  readonly [member: string]: unknown;
}

async function verified(...argv: string[]) {
  const { status, printed, said } = await hashlane('verify', '--format', 'json', ...argv);
  expect(said).toBe('');
  const report = JSON.parse(printed) as { entries: Entry[]; summary: Record<string, unknown>; signature: unknown };
  const statuses = Object.fromEntries(
    report.entries.map((entry) => [entry.path ?? `line ${entry.line}`, entry.status]),
  );
  return { status, report, statuses, entry: (name: string) => report.entries.find((each) => each.path === name) };
}

const manifest = () => scratch.at('in', 'SHA256SUMS');
const list = (text: string, name = 'SHA256SUMS') => writeFileSync(scratch.at('in', name), text);
const emptySha = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const aSha = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb';

describe('what sha256sum wrote', () => {
  test('is ok when nothing changed', async () => {
    const { status, report, entry } = await verified(manifest());
    expect(status).toBe(0);
    expect(report.summary).toMatchObject({ verdict: 'ok', ok: 3, changed: 0, missing: 0, unlisted: 0 });
    expect(report.signature).toEqual({ status: 'none' });
    expect(entry('a.txt')).toEqual({
      path: 'a.txt',
      algorithm: 'sha256',
      expected: aSha,
      actual: aSha,
      status: 'ok',
      manifest: manifest(),
      line: 1,
    });
  });

  test('tells changed, missing and unlisted files apart', async () => {
    writeFileSync(scratch.at('in/a.txt'), 'x');
    rmSync(scratch.at('in/sub/b.txt'));
    scratch.file('in/new.txt', 'new');
    const { status, statuses, entry } = await verified(manifest());
    expect(status).toBe(1);
    expect(statuses).toEqual({
      'a.txt': 'changed',
      'sub/b.txt': 'missing',
      'sub/c.txt': 'ok',
      'new.txt': 'unlisted',
    });
    expect(entry('a.txt')).toMatchObject({
      expected: aSha,
      actual: '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881',
    });
  });

  test('finds a file that was moved, and does not call it unlisted', async () => {
    renameSync(scratch.at('in/sub/b.txt'), scratch.at('in/elsewhere.txt'));
    const { status, statuses, entry } = await verified(manifest());
    expect(status).toBe(1);
    expect(statuses).toEqual({ 'a.txt': 'ok', 'sub/b.txt': 'moved', 'sub/c.txt': 'ok' });
    expect(entry('sub/b.txt')).toMatchObject({ foundAt: 'elsewhere.txt' });
    expect((await verified('--no-moved', manifest())).statuses).toEqual({
      'a.txt': 'ok',
      'sub/b.txt': 'missing',
      'sub/c.txt': 'ok',
      'elsewhere.txt': 'unlisted',
    });
    // Without a report of what is unlisted, too.
    expect((await verified('--unlisted', 'ignore', manifest())).statuses['sub/b.txt']).toBe('moved');
  });

  test('a copy stands for one missing file, not for two', async () => {
    list(`${aSha}  one\n${aSha}  two\n`);
    rmSync(scratch.at('in/sub'), { recursive: true });
    const { statuses, report } = await verified(manifest());
    expect(statuses).toEqual({ one: 'moved', two: 'missing' });
    expect(report.entries.find(({ status }) => status === 'missing')).toMatchObject({ existsAt: 'a.txt' });
    scratch.file('in/other/two', 'a');
    const again = await verified(manifest());
    expect(again.entry('two')).toMatchObject({ status: 'moved', foundAt: 'other/two' });
    expect(again.entry('one')).toMatchObject({ status: 'moved', foundAt: 'a.txt' });
  });

  test('unlisted files fail it only when they shall', async () => {
    scratch.file('in/new.txt', 'new');
    expect((await verified(manifest())).status).toBe(0);
    expect((await verified('--unlisted', 'fail', manifest())).status).toBe(1);
    const ignored = await verified('--unlisted', 'ignore', manifest());
    expect(ignored.status).toBe(0);
    expect(ignored.statuses['new.txt']).toBeUndefined();
  });

  test('is read once for several manifests, and each entry is judged', async () => {
    scratch.shell('cd in && md5sum a.txt > MD5SUMS && echo "00000000000000000000000000000000  a.txt" > WRONG.md5');
    const { report } = await verified(manifest(), scratch.at('in/MD5SUMS'), scratch.at('in/WRONG.md5'));
    const ofA = report.entries.filter(({ path: name }) => name === 'a.txt');
    expect(ofA.map(({ status }) => status)).toEqual(['ok', 'ok', 'changed']);
    expect(report.entries).toHaveLength(5);
  });

  test('is looked for below --root', async () => {
    renameSync(manifest(), scratch.at('list'));
    expect((await verified('--root', scratch.at('in'), scratch.at('list'))).status).toBe(0);
    expect((await verified('--no-moved', scratch.at('list'))).report.summary).toMatchObject({ missing: 3 });
  });
});

test('manifests of folders that lie in one another are each held against their own, and nothing is unlisted twice', async () => {
  scratch.shell(
    'cd in/sub && md5sum b.txt c.txt > b.md5; cd .. && sha256sum a.txt > SHA256SUMS; echo more > sub/extra',
  );
  const { statuses, report } = await verified(manifest(), scratch.at('in/sub/b.md5'));
  expect(statuses).toEqual({ 'a.txt': 'ok', 'b.txt': 'ok', 'c.txt': 'ok', extra: 'unlisted' });
  expect(report.summary).toMatchObject({ ok: 3 });
});

describe('names that lead out of the root', () => {
  test.each([
    '/etc/passwd',
    '../outside.txt',
    'sub/../../outside.txt',
    'sub/../a.txt',
    'C:\\Windows\\win.ini',
    'C:/Windows/win.ini',
    '\\\\host\\share\\x',
    '..\\outside.txt',
    'sub\\..\\..\\outside.txt',
    '\\\\.\\PhysicalDrive0',
    'NUL',
    'sub/con.txt',
  ])('%s is outside-root, and its content is not looked at', async (name) => {
    scratch.file('outside.txt', '');
    list(`${emptySha}  ${name}\n${aSha}  a.txt\n`);
    for (const unlisted of ['report', 'ignore']) {
      const { status, entry } = await verified('--unlisted', unlisted, manifest());
      expect(status).toBe(1);
      expect(entry(name)).toMatchObject({ status: 'outside-root', actual: null });
    }
  });

  test('links that lead out are outside-root, in a folder or as the file', async () => {
    scratch.file('outside/secret', 'a');
    symlinkSync(scratch.at('outside'), scratch.at('in/folder'));
    symlinkSync('../outside/secret', scratch.at('in/file'));
    symlinkSync('/dev/zero', scratch.at('in/device'));
    list(['folder/secret', 'file', 'device', 'a.txt'].map((name) => `${aSha}  ${name}\n`).join(''));
    expect((await verified(manifest())).statuses).toMatchObject({
      'folder/secret': 'outside-root',
      file: 'outside-root',
      device: 'outside-root',
      'a.txt': 'ok',
    });
  });

  test('links that stay below the root are followed', async () => {
    symlinkSync('sub', scratch.at('in/folder'));
    symlinkSync(scratch.at('in/a.txt'), scratch.at('in/file'));
    symlinkSync('loop', scratch.at('in/loop'));
    scratch.shell(
      'cd in && sha256sum folder/b.txt file > SHA256SUMS && echo "$(head -c 64 SHA256SUMS)  loop" >> SHA256SUMS',
    );
    expect((await verified(manifest())).statuses).toEqual({
      'folder/b.txt': 'ok',
      file: 'ok',
      loop: 'unreadable',
      'sub/c.txt': 'unlisted',
    });
  });
});

test('backslashes separate where no file is called so', async () => {
  scratch.file('in/x\\y', 'literal');
  scratch.shell(
    'cd in && { sha256sum sub/b.txt | sed "s,/,\\\\\\\\," ; echo "$(printf literal | sha256sum | head -c 64)  x\\\\y"; } > SHA256SUMS',
  );
  expect(readFileSync(manifest(), 'latin1')).toContain('  sub\\b.txt\n');
  const { statuses, entry } = await verified(manifest());
  expect(statuses).toMatchObject({ 'sub\\b.txt': 'ok', 'x\\y': 'ok', 'a.txt': 'unlisted' });
  expect(statuses['sub/b.txt']).toBeUndefined();
  expect(entry('sub\\b.txt')).toMatchObject({ note: 'backslashes read as separators' });
});

test.each(['report', 'ignore'])(
  'names in another Unicode normalisation match, with a note (--unlisted %s)',
  async (unlisted) => {
    writeFileSync(scratch.at('in', 'caf\u0065\u0301'), 'a');
    list(`${aSha}  caf\u00e9\n`);
    writeFileSync(manifest(), `${aSha}  caf\u00e9\n`);
    const { statuses, entry } = await verified('--unlisted', unlisted, manifest());
    expect(statuses['caf\u00e9']).toBe('ok');
    expect(entry('caf\u00e9')).toMatchObject({ note: 'the name on the disk has another Unicode normalisation' });
    expect(statuses['caf\u0065\u0301']).toBeUndefined();
  },
);

describe('a success is never for nothing', () => {
  test.each([
    ['an empty manifest', ''],
    ['comments alone', '# nothing\n'],
    ['malformed lines alone', 'hello\nworld\n'],
    ['a malformed line beside a good one', `${aSha}  a.txt\nhello\n`],
    ['names outside alone', `${aSha}  /a.txt\n`],
    ['missing files alone', `${emptySha}  gone\n`],
  ])('%s fails', async (_, text) => {
    list(text);
    const { status, report } = await verified(manifest());
    expect(status).toBe(1);
    expect(report.summary.verdict).toBe('failed');
  });

  test('a file that is listed without a digest is not comparable, and not unlisted', async () => {
    list(
      JSON.stringify([
        { Path: 'a.txt', Name: 'a.txt', Size: 1, IsDir: false },
        {
          Path: 'sub/b.txt',
          Size: 2,
          IsDir: false,
          Hashes: { sha256: '3b64db95cb55c763391c707108489ae18b4112d783300de38e033b4c98c3deaf' },
        },
      ]),
    );
    const { status, statuses } = await verified(manifest());
    expect(status).toBe(1);
    expect(statuses).toEqual({ 'a.txt': 'not-comparable', 'sub/b.txt': 'ok', 'sub/c.txt': 'unlisted' });
  });

  test('an empty manifest beside a good one fails', async () => {
    list('', 'empty');
    expect((await verified(manifest(), scratch.at('in/empty'))).report.summary).toMatchObject({
      verdict: 'failed',
      ok: 3,
      reasons: [`${scratch.at('in/empty')} names no file`],
    });
  });

  test.each([
    ['a.txt', 0],
    ['sub/b.txt', 0],
    ['*.txt', 0],
    ['b.txt', 1],
    ['absent', 1],
    ['*.iso', 1],
  ])('--require %s ends with %i', async (name, expected) => {
    expect((await verified('--require', name, manifest())).status).toBe(expected);
  });

  test('what is required must be ok', async () => {
    writeFileSync(scratch.at('in/a.txt'), 'x');
    expect((await verified('--require', 'a.txt', manifest())).report.summary).toMatchObject({
      required: [{ name: 'a.txt', state: 'failed' }],
    });
  });

  test('a manifest or a root that cannot be read is an error, not a folder of missing files', async () => {
    const absent = await hashlane('verify', scratch.at('absent'));
    expect(absent).toMatchObject({ status: 1, printed: '' });
    expect(absent.said).toContain('(ENOENT)');
    expect(await hashlane('verify', '--root', scratch.at('absent'), manifest())).toMatchObject({
      status: 1,
      printed: '',
    });
    expect(await hashlane('verify', scratch.at('in'))).toMatchObject({ status: 1, printed: '' });
  });
});

test('a folder, a pipe and a file that may not be read are unreadable', async () => {
  scratch.shell('mkfifo in/pipe');
  list(['sub', 'pipe', 'a.txt'].map((name) => `${aSha}  ${name}\n`).join(''));
  const { entry } = await verified(manifest());
  expect(entry('sub')).toMatchObject({ status: 'unreadable', error: { code: 'EISDIR' } });
  expect(entry('pipe')).toMatchObject({ status: 'unreadable', error: { code: 'FIFO' } });
});

describe('reports', () => {
  beforeEach(() => {
    writeFileSync(scratch.at('in/a.txt'), 'x');
  });

  test('text ends with the verdict, after the summary and the failures once more', async () => {
    const { status, printed } = await hashlane('verify', manifest());
    expect(status).toBe(1);
    const lines = printed.trimEnd().split('\n');
    expect(lines.filter((line) => line.startsWith('changed '))).toHaveLength(2);
    expect(lines.at(-1)).toBe('FAILED: 1 changed.');
    expect(lines).toContain('Summary: 2 ok, 1 changed');
    expect(printed).not.toContain('sub/b.txt');
    expect((await hashlane('verify', '--verbose', manifest())).printed).toMatch(/^ok +sub\/b.txt$/m);
  });

  test('quiet is silent when all is well', async () => {
    expect((await hashlane('verify', '--quiet', manifest())).printed.split('\n')).toHaveLength(3);
    writeFileSync(scratch.at('in/a.txt'), 'a');
    expect(await hashlane('verify', '--quiet', manifest())).toEqual({ status: 0, printed: '', said: '' });
  });

  test('JSON Lines, CSV and HTML say the same, and none obeys a name', async () => {
    const hostile = '=cmd<script>alert(1)</script>\u001b[31m';
    list(`${emptySha}  ${hostile}\n`);
    const jsonl = (await hashlane('verify', '--format', 'jsonl', manifest())).printed.trimEnd().split('\n');
    expect(jsonl.map((line) => JSON.parse(line))).toMatchObject([
      { path: hostile, status: 'missing' },
      { status: 'unlisted' },
      { status: 'unlisted' },
      { status: 'unlisted' },
      { summary: { verdict: 'failed' } },
    ]);
    const csv = (await hashlane('verify', '--format', 'csv', manifest())).printed;
    expect(csv.split('\r\n')[1]).toMatch(/^'=cmd/);
    const html = (await hashlane('verify', '--format', 'html', manifest())).printed;
    expect(html).not.toContain('<script');
    expect(html).toContain('=cmd&lt;script&gt;');
    for (const text of [html, jsonl.join('')]) expect(text).not.toContain('\u001b');
  });

  test('a file takes the report, and is no part of the folder', async () => {
    const report = scratch.at('in/report.json');
    expect((await hashlane('verify', '--format', 'json', '-o', report, manifest())).printed).toBe('');
    const again = await hashlane('verify', '--format', 'json', '-o', report, manifest());
    expect(again.status).toBe(1);
    expect(JSON.parse(readFileSync(report, 'utf8')).summary).toMatchObject({ changed: 1, ok: 2, unlisted: 0 });
  });
});

test('a manifest comes from standard input', async () => {
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  world.input = [readFileSync(manifest())];
  expect(await world.run('verify', '--root', scratch.at('in'), '-')).toBe(0);
});

test('a name that is a digest of itself, a leading dash, spaces and control characters are names like others', async () => {
  const names = [aSha, '-r', ' a ', '*star', 'tab\there', 'a=b'];
  mkdirSync(scratch.at('odd'));
  for (const name of names) writeFileSync(path.join(scratch.at('odd'), name), name);
  scratch.shell('cd odd && sha256sum -- * > /tmp/none.$$ && mv /tmp/none.$$ SUMS');
  const { status, report } = await verified(scratch.at('odd/SUMS'));
  expect(report.summary).toMatchObject({ ok: names.length, unlisted: 0 });
  expect(status).toBe(0);
});
