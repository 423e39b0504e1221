/** minisign and signify themselves: what they write verifies here, what is written here they verify. */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadEngine } from '../../../engine/native-engine.ts';
import { hasProgram, Scratch } from '../../testing/scratch.ts';
import { TestWorld } from '../../testing/test-world.ts';

let scratch: Scratch;
beforeAll(() => {
  scratch = new Scratch();
  scratch.file('a', 'a');
  scratch.shell('sha256sum --tag a > SUMS');
});
afterAll(() => scratch.remove());

const passphrase = 'correct horse';
/** Without a terminal, so that the tools ask on standard input. */
const typing = (command: string): string =>
  scratch.shell(`printf '${passphrase}\\n${passphrase}\\n' | setsid -w ${command}`);

async function hashlane(...argv: string[]) {
  const world = new TestWorld();
  Object.assign(world, { loadEngine, passphrase });
  world.environment.XDG_DATA_HOME = scratch.at('data');
  const status = await world.run(...argv);
  return { status, printed: world.printed, said: world.said };
}

const verify = (key: string, list = 'SUMS') =>
  hashlane('verify', '--unlisted', 'ignore', '--signed-by', scratch.at(key), scratch.at(list));
const sign = (key: string, ...argv: string[]) =>
  hashlane('sign', '--key', scratch.at(key), ...argv, scratch.at('SUMS'));

const missing = (program: string): string => (hasProgram(program) ? '' : ` (skipped: ${program} is not installed)`);

describe.skipIf(!hasProgram('minisign'))(`minisign${missing('minisign')}`, () => {
  beforeAll(() => {
    typing('minisign -G -p locked.pub -s locked.sec');
    scratch.shell('minisign -G -W -p open.pub -s open.sec');
  }, 60_000);

  test.each([
    ['pre-hashed', ''],
    ['legacy', '-l'],
    ['with a comment of its own', "-t 'grün, gelb'"],
  ])('a signature of its own, %s, verifies here', async (_, options) => {
    scratch.shell(`minisign -S ${options} -s open.sec -m SUMS`);
    const { status, printed } = await verify('open.pub');
    expect(printed).toContain('Listed, signed by open');
    expect(status).toBe(0);
  });

  test('verifies what is signed here, and prints what is signed with it', async () => {
    expect(await sign('open.sec', '--trusted-comment', 'grün, gelb')).toMatchObject({ status: 0 });
    const printed = Buffer.from(scratch.shell('minisign -V -p open.pub -m SUMS'), 'latin1').toString();
    expect(printed).toContain('Trusted comment: grün, gelb');
    await sign('open.sec');
    expect(scratch.shell('minisign -V -H -p open.pub -m SUMS')).toMatch(/timestamp:\d+\tfile:SUMS\thashed/);
  });

  // Opening such a key takes a gigabyte and seconds.
  test('a key with a passphrase opens with it', { timeout: 60_000 }, async () => {
    expect((await sign('locked.sec')).said).toContain('is signed by the key');
    expect(scratch.shell('minisign -V -p locked.pub -m SUMS')).toContain('verified');
  });
});

describe.skipIf(!hasProgram('signify-openbsd'))(`signify${missing('signify-openbsd')}`, () => {
  beforeAll(() => {
    scratch.shell('rm -f *.pub *.sec SUMS.minisig');
    typing('signify-openbsd -G -p locked.pub -s locked.sec');
    scratch.shell('signify-openbsd -G -n -p open.pub -s open.sec');
  });

  test('a signature of its own verifies here', async () => {
    scratch.shell('signify-openbsd -S -s open.sec -m SUMS');
    expect((await verify('open.pub')).printed).toContain('Listed, signed by open');
  });

  test('a list that it signed and wrote into one file verifies here', async () => {
    scratch.shell('signify-openbsd -S -e -s open.sec -m SUMS -x LIST.sig');
    expect((await verify('open.pub', 'LIST.sig')).status).toBe(0);
    // The same file beside the list, as OpenBSD publishes it.
    scratch.shell('cp LIST.sig SUMS.sig');
    expect((await verify('open.pub')).status).toBe(0);
  });

  test.each(['open', 'locked'])('verifies what is signed here: key %s', async (key) => {
    expect(await sign(`${key}.sec`)).toMatchObject({ status: 0 });
    expect(scratch.shell(`signify-openbsd -V -p ${key}.pub -m SUMS`)).toContain('Verified');
  });

  test('checks the files of a list that is signed here and in one file', async () => {
    await sign('open.sec', '--embed', '-o', scratch.at('ONE.sig'));
    expect(scratch.shell('signify-openbsd -C -p open.pub -x ONE.sig')).toContain('a: OK');
  });

  test('refuses what is refused here', async () => {
    await sign('open.sec');
    writeFileSync(scratch.at('SUMS.sig'), 'untrusted comment: x\nRWQ=\n');
    expect(() => scratch.shell('signify-openbsd -V -p open.pub -m SUMS')).toThrow();
    expect((await verify('open.pub')).status).toBe(1);
  });
});
