import { describe, expect, test } from 'vitest';
import { toBase64 } from '../text/base64.ts';
import { linesOf, maxSignatureBytes, SignatureFormError } from './lines.ts';
import { parseMinisign, writeMinisign } from './minisign.ts';
import { isPgp, parsePublicKey, publicKeyText } from './public-key.ts';
import { parseSecretKey } from './secret-key.ts';
import { embeddedTextStart, parseSignify, writeSignify } from './signify.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const run = (length: number, from: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (from + at) & 0xff);
const keyNumber = run(8, 1);
const payload = (letters: string, length: number): string =>
  toBase64(Uint8Array.of(...bytes(letters), ...run(length - letters.length, 1)));

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SignatureFormError) return error.code;
    throw error;
  }
  return 'taken';
}

const minisig = (
  change: Partial<Record<'untrusted' | 'first' | 'trusted' | 'second' | 'rest', string>> = {},
): string => {
  const lines = {
    untrusted: 'untrusted comment: anything',
    first: payload('ED', 74),
    trusted: 'trusted comment: file:a',
    second: toBase64(run(64, 9)),
    rest: '',
    ...change,
  };
  return Object.values(lines).join('\n');
};

describe('a signature of minisign', () => {
  test('is read as it was written, whatever bytes its trusted comment has', () => {
    const parts = { keyNumber, signature: run(64, 3), trustedComment: run(90, 0x80), globalSignature: run(64, 5) };
    expect(parseMinisign(writeMinisign(parts, 'sätze'))).toEqual({
      form: 'minisign',
      isPrehashed: true,
      keyId: '0807060504030201',
      ...parts,
    });
  });

  test('says whether it is of a digest', () => {
    expect(parseMinisign(bytes(minisig())).isPrehashed).toBe(true);
    expect(parseMinisign(bytes(minisig({ first: payload('Ed', 74) }))).isPrehashed).toBe(false);
  });

  test('is taken with the line ends of Windows, which are no part of the comment', () => {
    const read = parseMinisign(bytes(minisig().replaceAll('\n', '\r\n')));
    expect(new TextDecoder().decode(read.trustedComment)).toBe('file:a');
  });

  test.each([
    ['a first line that is no comment', minisig({ untrusted: 'comment: anything' }), 'NO_COMMENT'],
    ['another algorithm', minisig({ first: payload('EC', 74) }), 'UNKNOWN_ALGORITHM'],
    ['a byte too few', minisig({ first: payload('ED', 73) }), 'BAD_LENGTH'],
    ['base64 with something in it', minisig({ first: payload('ED', 74).replace('R', '*') }), 'BAD_BASE64'],
    [
      'base64 of the other alphabet',
      minisig({ second: toBase64(new Uint8Array(64).fill(255)).replaceAll('/', '_') }),
      'BAD_BASE64',
    ],
    [
      'base64 whose last digit means more',
      minisig({ second: toBase64(run(64, 9)).replace(/.==$/, 'B==') }),
      'BAD_BASE64',
    ],
    ['no trusted comment', minisig({ trusted: 'file:a' }), 'NO_TRUSTED_COMMENT'],
    ['no second signature', minisig({ second: '' }), 'BAD_BASE64'],
    ['something behind it', minisig({ rest: 'x' }), 'TRAILING'],
    ['nothing', '', 'NO_COMMENT'],
    ['a text without end', `untrusted comment: ${'x'.repeat(maxSignatureBytes)}`, 'TOO_LONG'],
  ])('with %s is refused', (_, text, code) => {
    expect(codeOf(() => parseMinisign(bytes(text)))).toBe(code);
  });

  test('is not written with a comment of two lines', () => {
    const parts = { keyNumber, signature: run(64, 3), globalSignature: run(64, 5) };
    const written = (comment: string) => codeOf(() => writeMinisign({ ...parts, trustedComment: bytes(comment) }, 'a'));
    expect(written('a\nb')).toBe('COMMENT_NO_LINE');
    expect(written('a\tb')).toBe('taken');
    expect(written('a'.repeat(9000))).toBe('COMMENT_TOO_LONG');
  });
});

describe('a signature of signify', () => {
  test('is read as it was written', () => {
    const parts = { keyNumber, signature: run(64, 3) };
    expect(parseSignify(writeSignify(parts, 'verify with a.pub'))).toEqual({
      form: 'signify',
      keyId: '0807060504030201',
      ...parts,
    });
  });

  test('ends where the text behind it begins', () => {
    const head = writeSignify({ keyNumber, signature: run(64, 3) }, 'a');
    expect(embeddedTextStart(Uint8Array.of(...head, ...bytes('text\n')))).toBe(head.length);
    expect(embeddedTextStart(head.subarray(0, -1))).toBeNull();
  });

  test.each([
    ['minisign’s algorithm', `untrusted comment: a\n${payload('ED', 74)}\n`, 'UNKNOWN_ALGORITHM'],
    ['one line', 'untrusted comment: a\n', 'BAD_BASE64'],
    ['a third line', `untrusted comment: a\n${payload('Ed', 74)}\nx\n`, 'TRAILING'],
  ])('with %s is refused', (_, text, code) => {
    expect(codeOf(() => parseSignify(bytes(text)))).toBe(code);
  });
});

describe('a public key', () => {
  const line = payload('Ed', 42);

  test('is a file of either tool, or its line alone', () => {
    const key = parsePublicKey(bytes(`untrusted comment: minisign public key\n${line}\n`));
    expect(parsePublicKey(bytes(line))).toEqual(key);
    expect(publicKeyText(key)).toBe(line);
  });

  test.each([
    ['a secret key', `untrusted comment: a\n${payload('Ed', 158)}\n`, 'SECRET_KEY'],
    ['a key of PGP', '-----BEGIN PGP PUBLIC KEY BLOCK-----\n', 'PGP_KEY'],
    ['another algorithm', payload('Ex', 42), 'UNKNOWN_ALGORITHM'],
    ['a line too many', `untrusted comment: a\n${line}\nx`, 'TRAILING'],
    ['nothing', '', 'BAD_BASE64'],
  ])('that is %s is refused', (_, text, code) => {
    expect(codeOf(() => parsePublicKey(bytes(text)))).toBe(code);
  });

  test('of PGP is known in both of its forms', () => {
    expect(isPgp(Uint8Array.of(0x88, 0x75))).toBe(true);
    expect(isPgp(bytes(line))).toBe(false);
  });
});

describe('a secret key', () => {
  test('says by its length which tool made it', () => {
    const minisign = parseSecretKey(bytes(`untrusted comment: a\n${payload('EdScB2', 158)}\n`));
    expect(minisign).toMatchObject({ form: 'minisign', scrypt: { opsLimit: 0x2827262524232221n } });
    expect(parseSecretKey(bytes(`untrusted comment: a\n${payload('EdBK\0\0\0*', 104)}\n`))).toMatchObject({
      form: 'signify',
      rounds: 42,
    });
  });

  test.each([
    ['a public one', `untrusted comment: a\n${payload('Ed', 42)}\n`, 'PUBLIC_KEY'],
    ['of another key derivation', `untrusted comment: a\n${payload('EdXX', 104)}\n`, 'UNKNOWN_ALGORITHM'],
    ['of another checksum', `untrusted comment: a\n${payload('EdScXX', 158)}\n`, 'UNKNOWN_ALGORITHM'],
    ['of OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----\n', 'FOREIGN_KEY'],
    ['cut off', `untrusted comment: a\n${payload('EdBK', 103)}\n`, 'BAD_LENGTH'],
  ])('that is %s is refused', (_, text, code) => {
    expect(codeOf(() => parseSecretKey(bytes(text)))).toBe(code);
  });
});

test('no bytes make a parser fail in another way', () => {
  let state = 1;
  const next = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 16;
  };
  const whole = bytes(minisig());
  for (let round = 0; round < 3_000; round++) {
    const changed = whole.slice(0, next() % (whole.length + 1));
    for (let change = next() % 4; change > 0 && changed.length > 0; change--) changed[next() % changed.length] = next();
    for (const parse of [parseMinisign, parseSignify, parsePublicKey, parseSecretKey, linesOf])
      codeOf(() => parse(changed));
  }
});
