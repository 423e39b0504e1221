import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadEngine } from '../../../engine/native-engine.ts';
import { encryptedSignify, publicKeyFile, secretKeyFile, signingKey } from '../../../tasks/signatures/testing/keys.ts';
import { Scratch } from '../../testing/scratch.ts';
import { TestWorld } from '../../testing/test-world.ts';

let scratch = new Scratch();
beforeEach(() => {
  scratch = new Scratch();
  scratch.file('in/a', 'a');
  scratch.shell('cd in && sha256sum a > SUMS');
  for (const form of ['minisign', 'signify'] as const) {
    const key = signingKey(form, form.length);
    scratch.file(`${form}.sec`, secretKeyFile(key));
    scratch.file(`${form}.pub`, publicKeyFile(key));
  }
});
afterEach(() => scratch.remove());

const sums = () => scratch.at('in', 'SUMS');

async function hashlane(argv: readonly string[], prepare: Partial<TestWorld> = {}) {
  const world = new TestWorld();
  Object.assign(world, { loadEngine }, prepare);
  world.environment.XDG_DATA_HOME = scratch.at('data');
  const status = await world.run(...argv);
  return { status, printed: world.printed, said: world.said, asked: world.asked };
}

async function verified(...argv: string[]) {
  const { status, printed } = await hashlane(['verify', '--format', 'json', ...argv]);
  return { status, ...(JSON.parse(printed) as { summary: { verdict: string; reasons: string[] }; signature: object }) };
}

const sign = (form: string, ...argv: string[]) => hashlane(['sign', '--key', scratch.at(`${form}.sec`), ...argv]);
const key = (form: string) => scratch.at(`${form}.pub`);

describe('what is signed', () => {
  test.each(['minisign', 'signify'])('by a key of %s verifies with --signed-by', async (form) => {
    expect(await sign(form, sums())).toMatchObject({ status: 0, asked: '' });
    const { status, signature } = await verified('--signed-by', key(form), sums());
    expect(status).toBe(0);
    expect(signature).toMatchObject({ status: 'signed', form, name: form });
  });

  test('fails --signed-by where the signature is by another key, or there is none', async () => {
    expect(await verified('--signed-by', key('minisign'), sums())).toMatchObject({
      status: 1,
      signature: { status: 'none' },
      summary: { verdict: 'failed', ok: 1, reasons: [`${sums()} is not signed by a key that was given`] },
    });
    await sign('signify', sums());
    expect(await verified('--signed-by', key('minisign'), sums())).toMatchObject({
      status: 1,
      signature: { status: 'not-checked', form: 'signify' },
    });
    // It is enough that one of the keys made it.
    expect(await verified('--signed-by', key('minisign'), '--signed-by', key('signify'), sums())).toMatchObject({
      status: 0,
    });
  });

  test('with one byte changed fails the whole verification, although every file is ok', async () => {
    await sign('minisign', sums());
    writeFileSync(sums(), `# harmless\n${readFileSync(sums())}`);
    const { status, summary, signature } = await verified('--signed-by', key('minisign'), sums());
    expect({ status, summary, signature }).toMatchObject({
      status: 1,
      summary: {
        verdict: 'failed',
        ok: 1,
        changed: 0,
        reasons: expect.arrayContaining([`the signature of ${sums()} is BAD`]),
      },
      signature: { status: 'bad' },
    });
  });

  test('of several lists must be all of them', async () => {
    await sign('minisign', sums());
    scratch.shell('cd in && sha512sum a > OTHER');
    const other = scratch.at('in', 'OTHER');
    expect(await verified('--signed-by', key('minisign'), sums(), other)).toMatchObject({
      status: 1,
      signature: { status: 'none' },
    });
    await sign('minisign', other);
    expect(await verified('--signed-by', key('minisign'), sums(), other)).toMatchObject({
      status: 0,
      signature: { status: 'signed' },
    });
  });

  test('is not updated, for the signature would no longer hold', async () => {
    await sign('minisign', sums());
    scratch.file('in/b', 'b');
    const { status, said } = await hashlane(['verify', '--update', 'add', sums()]);
    expect(status).toBe(1);
    expect(said).toContain('UPDATE_SIGNED');
  });

  test('with its text behind the signature is one file', async () => {
    await sign('signify', '--embed', '-o', scratch.at('in', 'SIGNED'), sums());
    expect(readFileSync(scratch.at('in', 'SIGNED'), 'utf8').endsWith(readFileSync(sums(), 'utf8'))).toBe(true);
    expect(await verified('--signed-by', key('signify'), scratch.at('in', 'SIGNED'))).toMatchObject({ status: 0 });
  });

  test('from standard input verifies where the signature comes before the text', async () => {
    await sign('signify', '--embed', '-o', scratch.at('SIGNED'), sums());
    const run = (input: Uint8Array) =>
      hashlane(['verify', '--root', scratch.at('in'), '--signed-by', key('signify'), '-'], { input: [input] });
    expect((await run(readFileSync(scratch.at('SIGNED')))).status).toBe(0);
    expect((await run(readFileSync(sums()))).status).toBe(1);
  });
});

describe('the report', () => {
  test('says in one sentence what people want to know', async () => {
    await sign('minisign', '--trusted-comment', 'build \u202e7', sums());
    const formats = ['text', 'json', 'jsonl', 'html', 'csv'] as const;
    for (const format of formats) {
      const { printed } = await hashlane(['verify', '--format', format, '--signed-by', key('minisign'), sums()]);
      const expected =
        format === 'csv'
          ? 'signed by minisign (key 0808080808080808)'
          : 'Listed, signed by minisign (key 0808080808080808), and identical.';
      expect(printed, format).toContain(expected);
      expect(printed, format).not.toContain(Buffer.from('\u202e').toString('latin1'));
    }
  });

  test('says what is bad, and what was not checked, in words', async () => {
    await sign('minisign', sums());
    const unknown = await hashlane(['verify', sums()]);
    expect(unknown.status).toBe(0);
    expect(unknown.printed).toContain('Signature not checked: it is by the key 0808080808080808, which is not known.');
    writeFileSync(sums(), `# harmless\n${readFileSync(sums())}`);
    const bad = await hashlane(['verify', '--quiet', '--signed-by', key('minisign'), sums()]);
    expect(bad.printed).toContain('BAD');
  });

  test('says beside a signature that some digests detect accidents alone', async () => {
    scratch.shell('cd in && md5sum a > MD5SUMS');
    const list = scratch.at('in', 'MD5SUMS');
    const unsigned = await hashlane(['verify', list]);
    expect(unsigned.printed).not.toContain('accidents');
    await sign('minisign', list);
    const { printed } = await hashlane(['verify', '--signed-by', key('minisign'), list]);
    expect(printed).toContain('What is signed of 1 file is MD5 alone, which detects accidents, not attackers.');
    await sign('minisign', sums());
    const strong = await hashlane(['verify', '--signed-by', key('minisign'), sums()]);
    expect(strong.printed).not.toContain('accidents');
  });
});

describe('the passphrase', () => {
  beforeEach(() => scratch.file('locked.sec', encryptedSignify.secretKey));

  test('is asked for, and only where the key has one', async () => {
    const { status, asked } = await hashlane(['sign', '--key', scratch.at('locked.sec'), sums()], {
      passphrase: encryptedSignify.passphrase,
    });
    expect({ status, asked }).toEqual({ status: 0, asked: `Passphrase of ${scratch.at('locked.sec')}: ` });
  });

  test('comes from the first line of a file, or of standard input', async () => {
    scratch.file('words', `${encryptedSignify.passphrase}\r\nmore\n`);
    const from = (name: string, input: Iterable<Uint8Array> = []) =>
      hashlane(['sign', '--key', scratch.at('locked.sec'), '--passphrase-file', name, sums()], { input });
    expect(await from(scratch.at('words'))).toMatchObject({ status: 0, asked: '' });
    expect(await from('-', [Buffer.from('correct '), Buffer.from('horse\nx')])).toMatchObject({ status: 0, asked: '' });
    expect(await from(scratch.at('absent'))).toMatchObject({ status: 1 });
  });

  test('that is wrong signs nothing, and is not repeated', async () => {
    const { status, said } = await hashlane(['sign', '--key', scratch.at('locked.sec'), sums()], {
      passphrase: 'battery',
    });
    expect(status).toBe(1);
    expect(said).toContain('WRONG_PASSPHRASE');
    expect(said).not.toContain('battery');
    expect(() => statSync(`${sums()}.sig`)).toThrow('ENOENT');
  });
});

test('what is no key, no manifest or no sense is refused, and nothing is written', async () => {
  expect((await hashlane(['sign', sums()])).status).toBe(2);
  expect((await sign('minisign', '--embed', sums())).status).toBe(2);
  expect((await sign('signify', '--trusted-comment', 'x', sums())).status).toBe(2);
  expect((await sign('minisign', '-')).status).toBe(2);
  expect((await sign('minisign', scratch.at('in'))).status).toBe(1);
  expect((await sign('minisign', '--trusted-comment', 'a\nb', sums())).status).toBe(1);
  const wrong = await hashlane(['sign', '--key', key('minisign'), sums()]);
  expect(wrong.said).toContain('is a public key; the secret one signs (PUBLIC_KEY)');
  const secret = await hashlane(['verify', '--signed-by', scratch.at('minisign.sec'), sums()]);
  expect(secret).toMatchObject({ status: 1, printed: '' });
  expect(secret.said).toContain('SECRET_KEY');
  expect(() => statSync(`${sums()}.minisig`)).toThrow('ENOENT');
});
