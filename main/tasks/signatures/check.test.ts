import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { parsePublicKey } from '#shared/signatures/public-key.ts';
import { temporaryFolder } from '../../base/testing/temporary-folder.ts';
import { readManifests } from '../verify/read-manifests.ts';
import type { KnownKey } from './known-key.ts';
import { signManifest } from './sign.ts';
import { publicKeyFile, signingKey } from './testing/keys.ts';
import type { SigningKey } from './unlock.ts';

const line = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  a\n';
let folder = '';
beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(sums(), line);
});

const minisign = signingKey('minisign', 7);
const signify = signingKey('signify', 9);
const at = (name: string) => path.join(folder, name);
const sums = () => at('SUMS');

const known = (key: SigningKey, name = 'release'): KnownKey => ({
  ...parsePublicKey(Buffer.from(publicKeyFile(key))),
  name,
});

async function sign(key: SigningKey, options: { embedded?: boolean; to?: string; trustedComment?: string } = {}) {
  const { embedded = false, to = at(`SUMS.${key.form === 'minisign' ? 'minisig' : 'sig'}`), ...rest } = options;
  writeFileSync(to, Buffer.concat(await signManifest(sums(), { key, keyFile: 'key.sec', embedded, ...rest })));
}

async function check(keys: readonly KnownKey[], name = sums(), reading: () => Promise<void> = async () => undefined) {
  const [part] = await readManifests({ manifests: [{ name }], root: null, keys, reading });
  return part!.manifests[0]!.signature;
}

describe('a signature beside the list', () => {
  test('of minisign is by the key that made it, with what it says', async () => {
    await sign(minisign, { trustedComment: 'build 7' });
    expect(await check([known(signify), known(minisign)])).toEqual({
      status: 'signed',
      form: 'minisign',
      key: '0707070707070707',
      name: 'release',
      comment: 'build 7',
      file: `${sums()}.minisig`,
    });
  });

  test('of signify is by the key that made it', async () => {
    await sign(signify);
    expect(await check([known(signify)])).toMatchObject({ status: 'signed', form: 'signify', key: '0909090909090909' });
  });

  test('by a key that is not known is not checked', async () => {
    await sign(minisign);
    expect(await check([known(signify)])).toMatchObject({ status: 'not-checked', key: '0707070707070707' });
    expect(await check([])).toMatchObject({ status: 'not-checked', key: '0707070707070707' });
  });

  test('by a key that has only the number of a known one is bad', async () => {
    await sign(minisign);
    expect(await check([known({ ...signify, keyNumber: minisign.keyNumber })])).toMatchObject({ status: 'bad' });
  });

  test('is good where one of two keys of that number made it', async () => {
    await sign(minisign);
    const namesake = known({ ...signify, keyNumber: minisign.keyNumber }, 'namesake');
    expect(await check([namesake, known(minisign)])).toMatchObject({ status: 'signed', name: 'release' });
  });

  test.each([minisign, signify])('of another text is bad: $form', async (key) => {
    await sign(key);
    appendFileSync(sums(), line);
    expect(await check([known(key)])).toMatchObject({ status: 'bad', name: 'release' });
  });

  test('that is bad counts more than another that is good', async () => {
    await sign(minisign);
    appendFileSync(sums(), line);
    await sign(signify);
    expect(await check([known(minisign), known(signify)])).toMatchObject({ status: 'bad', form: 'minisign' });
  });

  test('that is good counts more than another that nobody can check', async () => {
    await sign(minisign);
    writeFileSync(`${sums()}.asc`, '-----BEGIN PGP SIGNATURE-----\n');
    expect(await check([known(minisign)])).toMatchObject({ status: 'signed' });
    expect(await check([known(signify)])).toMatchObject({ status: 'not-checked', form: 'minisign' });
  });

  test('of PGP is not checked, in either form', async () => {
    writeFileSync(`${sums()}.asc`, '-----BEGIN PGP SIGNATURE-----\n');
    expect(await check([])).toMatchObject({ status: 'not-checked', form: 'pgp' });
    rmSync(`${sums()}.asc`);
    writeFileSync(`${sums()}.sig`, Uint8Array.of(0x88, 1, 2));
    expect(await check([])).toMatchObject({ status: 'not-checked', form: 'pgp' });
  });

  test('that cannot be read, or is of no known form, is said to be there', async () => {
    mkdirSync(`${sums()}.minisig`);
    expect(await check([])).toMatchObject({ status: 'not-checked', file: `${sums()}.minisig` });
    rmSync(`${sums()}.minisig`, { recursive: true });
    execFileSync('mkfifo', [`${sums()}.sig`]);
    expect(await check([])).toMatchObject({ status: 'not-checked', file: `${sums()}.sig` });
    rmSync(`${sums()}.sig`);
    writeFileSync(`${sums()}.sig`, 'MEUCIQ\n');
    expect(await check([])).toMatchObject({ status: 'not-checked', file: `${sums()}.sig` });
  });

  test('does not pass as none when it is cut off', async () => {
    await sign(minisign);
    writeFileSync(`${sums()}.minisig`, readFileSync(`${sums()}.minisig`).subarray(0, 80));
    expect(await check([])).toMatchObject({ status: 'bad' });
  });
});

/** Every character of a signature's file, each changed by itself. */
async function everyChange(file: string, of: string, keys: readonly KnownKey[]): Promise<Set<string>> {
  const whole = readFileSync(file);
  const seen = new Set<string>();
  for (let at = whole.indexOf(0x0a) + 1; at < whole.length; at++) {
    const changed = Buffer.from(whole);
    changed[at] = changed[at] === 0x41 ? 0x42 : 0x41;
    writeFileSync(file, changed);
    const { status } = await check(keys, of);
    if (status === 'signed') seen.add(`${at}: ${whole.toString('latin1')}`);
    seen.add(status);
  }
  return seen;
}

describe('whatever is changed behind the first line', () => {
  test('of a signature of minisign, it is not good any more', async () => {
    await sign(minisign);
    const seen = await everyChange(`${sums()}.minisig`, sums(), [known(minisign)]);
    // The line end of the last line means nothing; the number of the key makes it another key's.
    expect([...seen].sort()).toEqual(['bad', 'not-checked']);
  });

  test('of a list with its signature before it, it is not good any more', async () => {
    await sign(signify, { embedded: true, to: at('EMBEDDED') });
    const seen = await everyChange(at('EMBEDDED'), at('EMBEDDED'), [known(signify)]);
    expect([...seen].sort()).toEqual(['bad', 'not-checked']);
  });

  test('the first line may say anything, and nobody reads it', async () => {
    await sign(minisign);
    const text = readFileSync(`${sums()}.minisig`, 'latin1').replace('signature from', 'by the president’s');
    writeFileSync(`${sums()}.minisig`, text);
    expect(JSON.stringify(await check([known(minisign)]))).not.toContain('president');
  });

  test('the trusted comment is signed as well', async () => {
    await sign(minisign, { trustedComment: 'build 7' });
    const text = readFileSync(`${sums()}.minisig`, 'latin1').replace('build 7', 'build 8');
    writeFileSync(`${sums()}.minisig`, text);
    expect(await check([known(minisign)])).toMatchObject({ status: 'bad', reason: expect.stringContaining('comment') });
  });
});

describe('a signature before the list', () => {
  test('is checked over what comes behind it, and the list is read from there', async () => {
    await sign(signify, { embedded: true, to: at('EMBEDDED') });
    const [part] = await readManifests({
      manifests: [{ name: at('EMBEDDED') }],
      root: null,
      keys: [known(signify)],
    });
    expect(part!.manifests[0]!.signature).toMatchObject({ status: 'signed', form: 'signify' });
    expect(part!.entries.count).toBe(1);
  });

  test('behind a byte-order mark is bad, for the tool would not take it either', async () => {
    await sign(signify, { embedded: true, to: at('EMBEDDED') });
    writeFileSync(at('EMBEDDED'), Buffer.concat([Buffer.from('\ufeff'), readFileSync(at('EMBEDDED'))]));
    expect(await check([known(signify)], at('EMBEDDED'))).toMatchObject({ status: 'bad' });
  });

  test('of PGP is not checked', async () => {
    writeFileSync(
      at('CLEAR'),
      `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${line}-----BEGIN PGP SIGNATURE-----\n`,
    );
    expect(await check([], at('CLEAR'))).toMatchObject({ status: 'not-checked', form: 'pgp' });
  });
});

describe('the bytes that are parsed are the bytes that are verified', () => {
  test.each([minisign, signify])(
    'a good list put in the place of a bad one meanwhile does not help: $form',
    async (key) => {
      await sign(key);
      const good = readFileSync(sums());
      writeFileSync(sums(), line.replace('ca97', 'beef'));
      const signature = await check([known(key)], sums(), async () => writeFileSync(sums(), good));
      expect(signature.status).toBe('bad');
    },
  );

  test.each([minisign, signify])('a bad one put in the place of a good one is not read: $form', async (key) => {
    await sign(key);
    const bad = line.replace('ca97', 'beef');
    const signature = await check([known(key)], sums(), async () => writeFileSync(sums(), bad));
    expect(signature.status).toBe('signed');
  });

  test('a list of many pieces is verified as a whole', async () => {
    writeFileSync(sums(), line.repeat(20_000));
    await sign(minisign);
    await sign(signify);
    expect(await check([known(minisign)])).toMatchObject({ status: 'signed', form: 'minisign' });
    expect(await check([known(signify)])).toMatchObject({ status: 'signed', form: 'signify' });
  });
});
