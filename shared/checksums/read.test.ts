import { describe, expect, test } from 'vitest';
import { toHex } from '../text/hex.ts';
import type { ManifestItem, ManifestReaderOptions } from './model.ts';
import { createManifestReader } from './read.ts';

const md5 = '900150983cd24fb0d6963f7d28e17f72';
const sha1 = 'a9993e364706816aba3e25717850c26c9cd0d89d';
const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const sha256Base64 = 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function read(input: string | Uint8Array, options: ManifestReaderOptions = {}, chunkBytes = Number.POSITIVE_INFINITY) {
  const bytes = typeof input === 'string' ? encode(input) : input;
  const reader = createManifestReader(options);
  const items: ManifestItem[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) items.push(...reader.push(bytes.slice(at, at + chunkBytes)));
  items.push(...reader.end());
  return { items, recognised: reader.recognised! };
}

/** `algorithm:digest name size`, or the reason, or `#` for a comment. */
function said(input: string | Uint8Array, options: ManifestReaderOptions = {}): string[] {
  return read(input, options).items.map((item) => {
    if (item.kind === 'comment') return '#';
    if (item.kind === 'malformed') return `${item.line} ${item.reason}`;
    const digests = item.digests.map(({ algorithm, bytes }) => `${algorithm}:${toHex(bytes).slice(0, 6)}`);
    return `${digests.join(' ')} ${decode(item.name)}${item.size === null ? '' : ` ${item.size}`}`;
  });
}

describe('lines with the digest first', () => {
  test.each([
    ['text and binary marks', `${md5}  a\n${md5} *b\n`, ['md5:900150 a', 'md5:900150 b']],
    ['upper case', `${md5.toUpperCase()}  a\n`, ['md5:900150 a']],
    ['escapes', `\\${md5}  a\\nb\\\\c\\rd\n`, ['md5:900150 a\nb\\c\rd']],
    ['a backslash that announces nothing', `${md5}  a\\b\n`, ['md5:900150 a\\b']],
    ['an escape that there is not', `\\${md5}  a\\tb\n`, ['1 bad-escape']],
    ['spaces before, and within the name', `  ${md5}  a b \n`, ['md5:900150 a b ']],
    ['a name that begins with a space', `${md5}  a\n${md5}   b\n`, ['md5:900150 a', 'md5:900150  b']],
    ['comments and blank lines', `# a\n\n${md5}  a\n   \n`, ['#', 'md5:900150 a']],
    ['the last line without its end', `${md5}  a\n${sha1}  b`, ['md5:900150 a', 'sha1:a9993e b']],
    ['several algorithms by length', `${sha256}  a\n${md5}  a\n`, ['sha256:ba7816 a', 'md5:900150 a']],
    ['a mark of xxhsum', `XXH3_78af5f94892f3950  a\n`, ['xxh3-64:78af5f a']],
    ['base64', `${sha256Base64}  a\n`, ['sha256:ba7816 a']],
    ['one space, in the whole file', `${md5} a\n${md5} b\n`, ['md5:900150 a', 'md5:900150 b']],
    ['one space, in one line', `${md5}  a\n${md5} b\n`, ['md5:900150 a', '2 not-in-dialect']],
    ['a wrong length', `${md5}00  a\n${md5}0  b\n${md5}  c\n`, ['1 digest-length', '2 digest-length', 'md5:900150 c']],
    ['no name', `${md5}  a\n${md5}  \n${md5}\n`, ['md5:900150 a', '2 no-name', '3 no-name']],
    ['words', 'These are the sums:\n', ['1 no-digest']],
  ])('%s', (_, text, expected) => expect(said(text)).toEqual(expected));

  test('the name of the list says whose a digest of an ambiguous length is', () => {
    const text = `${sha256}  a\n`;
    const [named] = [said(text, { fileName: 'x.b3' }), said(text, { fileName: 'B3SUMS' })];
    expect(named).toEqual(['blake3:ba7816 a']);
    for (const [fileName, algorithm] of [
      ['B3SUMS', 'blake3'],
      ['x.b2s', 'blake2s'],
      ['SHA3-256SUMS', 'sha3-256'],
      ['image.iso.sha512-256', 'sha512-256'],
      ['SHA256SUMS.asc', 'sha256'],
      ['list.txt', 'sha256'],
      ['SHA1SUMS', 'sha256'],
    ])
      expect(said(text, { fileName: fileName! }), fileName).toEqual([`${algorithm}:ba7816 a`]);
    expect(said(text, { algorithm: 'sm3', fileName: 'B3SUMS' })).toEqual(['sm3:ba7816 a']);
  });

  test('records may end with NUL, and then names hold line feeds and backslashes', () => {
    const { items, recognised } = read(`${md5}  a\nb\0${md5} *c\\n\0`);
    expect(items.map((item) => item.kind === 'entry' && decode(item.name))).toEqual(['a\nb', 'c\\n']);
    expect(recognised).toMatchObject({ dialect: 'gnu-zero', lineEnding: '\0' });
  });
});

describe('lines with a tag', () => {
  test.each([
    ['BSD', `SHA256 (a) = ${sha256}\n`, ['sha256:ba7816 a']],
    ['parentheses and equals signs in the name', `MD5 (a) = (b) = c) = ${md5}\n`, ['md5:900150 a) = (b) = c']],
    ['names of coreutils 9', `SHA2-256 (a) = ${sha256}\n`, ['sha256:ba7816 a']],
    ['base64', `SHA256 (a) = ${sha256Base64}\n`, ['sha256:ba7816 a']],
    ['escapes', `\\MD5 (a\\nb) = ${md5}\n`, ['md5:900150 a\nb']],
    ['OpenSSL', `SHA2-256(a)= ${sha256}\nMD5(b)= ${md5}\n`, ['sha256:ba7816 a', 'md5:900150 b']],
    ['little endian', 'XXH64_LE (a) = 0102030405060708\n', ['xxh64:080706 a']],
    [
      'an algorithm that there is not',
      `SHA9 (a) = ${md5}\nMD5 (b) = ${md5}\n`,
      ['1 unknown-algorithm', 'md5:900150 b'],
    ],
    ['a digest that is too short', `SHA256 (a) = ${md5}\n`, ['1 digest-length']],
    ['no digest', 'MD5 (a) =\nMD5 (b)\n', ['1 no-digest', '2 no-digest']],
    ['no name', `MD5 () = ${md5}\n`, ['1 no-name']],
  ])('%s', (_, text, expected) => expect(said(text)).toEqual(expected));
});

describe('other dialects', () => {
  test('SFV', () => {
    const text = '; made by\r\na b.rar 352441C2\r\ndir\\c 00000000  \r\nd 352441C\r\n';
    expect(said(text)).toEqual(['#', 'crc32:352441 a b.rar', 'crc32:000000 dir\\c', '4 no-digest']);
    expect(said('a 352441c2\n').join()).toBe('crc32:352441 a');
    expect(read(text).recognised).toMatchObject({ dialect: 'sfv', lineEnding: '\r\n', explanation: 'CRC-32, SFV' });
    expect(said('352441c2  a\n')).toEqual(['crc32:352441 a']);
  });

  test('hashdeep', () => {
    const text = `%%%% HASHDEEP-1.0\n%%%% size,md5,sha256,filename\n## $ hashdeep a\n##\n3,${md5},${sha256},/x,y\n3,${md5}\n`;
    expect(said(text)).toEqual(['#', '#', '#', '#', 'md5:900150 sha256:ba7816 /x,y 3', '6 truncated']);
  });

  test('corz', () => expect(said(`#md5#a#2010.03.01@12:34:56\n${md5} *a\n`)).toEqual(['#', 'md5:900150 a']));

  test('ED2K and magnet links', () => {
    const ed2k = 'ed2k://|file|a%20b|3|a448017aaf21d8525fc10ae87aa6729d|/';
    expect(said(`${ed2k}\n`)).toEqual(['ed2k:a44801 a b 3']);
    expect(said(`magnet:?xl=3&dn=a&xt=urn:sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5\n`)).toEqual(['sha1:a9993e a 3']);
    expect(said('ed2k://|file|a|x|y|/\n')).toEqual(['1 no-digest']);
  });

  test('SRI', () => expect(said(`sha256-${sha256Base64}  a b\n`)).toEqual(['sha256:ba7816 a b']));

  test('our JSON, on one line or many, and JSON Lines', () => {
    const one = `{"path":"a, \\"]}","size":3,"status":"ok","digests":{"md5":"${md5}"}}`;
    const other = `{"path":"?","pathBase64":"/w==","size":3,"digests":{"md5":"${md5}"}}`;
    const failed = '{"path":"x","size":0,"status":"unreadable","error":{"code":"EACCES","message":""}}';
    for (const text of [`[\n${one},\n${other},\n${failed}\n]\n`, `[${one},${other},${failed}]`])
      expect(said(text).slice(0, 1)).toEqual(['md5:900150 a, "]} 3']);
    expect(said(`${one}\n${failed}\n`)).toEqual(['md5:900150 a, "]} 3', '2 no-digest']);
    const { items } = read(`[${other}]`);
    expect(items).toMatchObject([{ kind: 'entry', name: new Uint8Array([0xff]) }]);
    expect(said(`[${one},{"path":"b","dig`)).toEqual(['md5:900150 a, "]} 3', '1 truncated']);
    expect(said('[]')).toEqual([]);
  });

  test('rclone lsjson', () => {
    const file = `{"Path":"d/a","Name":"a","Size":3,"IsDir":false,"Hashes":{"md5":"${md5}","quickxor":"SgAAAAAAAAAAAAAAAQAAAAAAAAA=","mailru":"x"}}`;
    const text = `[\n${file},\n{"Path":"d","Name":"d","Size":-1,"IsDir":true}\n]\n`;
    expect(said(text)).toEqual(['md5:900150 quickxor:4a0000 d/a 3']);
    expect(read(text).recognised.dialect).toBe('rclone-lsjson');
  });

  test('our CSV', () => {
    const heading = 'path,size,status,md5,errorCode,errorMessage,pathBase64\r\n';
    const text = `${heading}"a,""b",3,ok,${md5},,,\r\n"c\nd",3,ok,${md5},,,\r\n./=e,3,ok,${md5},,,\r\nx,3,ok,${md5},,,/w==\r\n`;
    const { items } = read(text);
    const names = items.flatMap((item) => (item.kind === 'entry' ? [decode(item.name)] : []));
    expect(names).toEqual(['a,"b', 'c\nd', './=e', '\ufffd']);
  });

  test('a digest alone is for the file that the list is named after', () => {
    for (const text of [`${sha256}\n`, `  ${sha256.toUpperCase()}  `, `${sha256}\r\n\r\n`]) {
      const { items, recognised } = read(text);
      expect(items).toMatchObject([{ kind: 'entry', name: new Uint8Array(0) }]);
      expect(recognised).toMatchObject({ dialect: 'single', explanation: 'SHA-256, a digest alone' });
    }
    expect(said(`${sha256}\n${md5}\n`)).toEqual(['1 no-name', '2 no-name']);
  });
});

describe('the text around the lines', () => {
  const text = `${md5}  ä\r\n${sha1}  b\r\n`;
  const utf16 = (mark: number[], isBig: boolean): Uint8Array =>
    Uint8Array.from([
      ...mark,
      ...[...text].flatMap((letter) => {
        const unit = letter.charCodeAt(0);
        return isBig ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8];
      }),
    ]);

  test.each([
    ['utf-8', encode(text)],
    ['utf-8-bom', Uint8Array.from([0xef, 0xbb, 0xbf, ...encode(text)])],
    ['utf-16le', utf16([0xff, 0xfe], false)],
    ['utf-16be', utf16([0xfe, 0xff], true)],
  ] as const)('may be %s with CR LF', (encoding, bytes) => {
    expect(said(bytes)).toEqual(['md5:900150 ä', 'sha1:a9993e b']);
    expect(read(bytes).recognised).toMatchObject({ encoding, lineEnding: '\r\n', dialect: 'gnu' });
  });

  test('a comment with another line end changes nothing', () => {
    expect(said(`# made elsewhere\n${md5}  a\r\n${md5}  b\r\n`)).toEqual(['#', 'md5:900150 a', 'md5:900150 b']);
  });

  test('NUL behind a list of lines is damage, and costs no line', () => {
    const { items } = read(`${md5}  a\n${md5}  b\n\0\0\0\n${md5}  c\n`);
    expect(items.map(({ kind }) => kind)).toEqual(['entry', 'entry', 'malformed', 'entry']);
    expect(said(`${md5}  a\0${md5}  b\nc\0`)).toEqual(['md5:900150 a', 'md5:900150 b\nc']);
    expect(said(`${md5}  a\nb\0${md5}  c\0`)).toEqual(['md5:900150 a\nb', 'md5:900150 c']);
  });

  test('SFV with years in its names is recognised without the ending', () => {
    expect(said('Film (2020).mkv 352441C2\nOther (1999).mkv 00000000\n')).toEqual([
      'crc32:352441 Film (2020).mkv',
      'crc32:000000 Other (1999).mkv',
    ]);
  });

  test('base64 without its padding is no digest, for it may be cut off', () => {
    const cut = sha256Base64.replace(/=+$/, '');
    expect(read(`SHA256 (a) = ${cut}\n`).items).toMatchObject([{ kind: 'malformed', reason: 'digest-length' }]);
  });

  test('what a list is does not depend on how much of it comes at once', () => {
    const lines = `${Array.from({ length: 3000 }, (_, n) => `${md5} a${n}\n`).join('')}${md5}  two spaces\n`;
    const bytes = new TextEncoder().encode(lines);
    const names = [1 << 12, bytes.length].map((step) => {
      const reader = createManifestReader();
      for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step));
      reader.end();
      return reader.recognised!.dialect;
    });
    expect(names[0]).toBe(names[1]);
  });

  test('lines may end differently, and a name that ends with a carriage return is escaped', () => {
    expect(said(`${md5}  a\n${md5}  b\r\n`)).toEqual(['md5:900150 a', 'md5:900150 b']);
    expect(said(`\\${md5}  c\\r\n`)).toEqual(['md5:900150 c\r']);
  });

  test('PGP-signed text is read, and what stands outside of it is refused', () => {
    const signed = `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${md5}  a\n- -----x\n-----BEGIN PGP SIGNATURE-----\n\nabc=\n-----END PGP SIGNATURE-----\n${md5}  evil\n`;
    const { items, recognised } = read(signed);
    expect(recognised.envelope).toBe('pgp-clearsigned');
    expect(items.filter(({ kind }) => kind === 'entry')).toHaveLength(1);
    expect(items.filter(({ kind }) => kind === 'malformed').map(({ line }) => line)).toEqual([5, 10]);
  });

  test('signify puts two lines before the list', () => {
    const text = `untrusted comment: verify with x.pub\nRWQ=\nSHA256 (a) = ${sha256}\n`;
    expect(said(text)).toEqual(['#', '#', 'sha256:ba7816 a']);
    expect(read(text).recognised.envelope).toBe('signify');
  });
});

describe('a list that lost its end', () => {
  const row = (name: string): string => `{"path":"${name}","digests":{"md5":"${md5}"}}`;

  test('is said to be truncated, and what is whole is read', () => {
    expect(said(`[${row('a')},`)).toEqual(['md5:900150 a', '1 truncated']);
    expect(said(`[${row('a')}`)).toEqual(['md5:900150 a', '1 truncated']);
    expect(said(`[\n${row('a')},\n{"path":`)).toEqual(['md5:900150 a', '3 truncated']);
  });

  test('by a quotation mark that is never closed does not hide the lines after it', () => {
    const text = `path,size,md5\r\na,1,${md5}\r\n"b,1,${md5}\r\nc,1,${md5}\r\n`;
    expect(said(text)).toEqual(['#', 'md5:900150 a 1', '4 truncated']);
  });

  test('or goes on with something else is not read as whole', () => {
    expect(said(`[${row('a')}]\n${md5}  b\n`)).toEqual(['md5:900150 a', '2 not-in-dialect']);
    expect(said(`[${row('a')}]\n\n`)).toEqual(['md5:900150 a']);
  });
});

test.each(['x.constructor', '__proto__sums', 'toString', 'SHA256SUMS.valueOf'])('a list may be called %s', (fileName) =>
  expect(said(`${md5}  a\n`, { fileName })).toEqual(['md5:900150 a']),
);

test('names in CSV keep their apostrophes and line ends', () => {
  const text = `path,size,md5\r\n'=x,1,${md5}\r\n"a\r\nb",1,${md5}\r\n`;
  expect(said(text)).toEqual(['#', "md5:900150 '=x 1", 'md5:900150 a\r\nb 1']);
});

describe('input of any kind', () => {
  test('gives the same in chunks of any length', () => {
    const lists = [
      `${md5}  a\n\\${md5} *b\\nc\nx\nSHA1 (d) = ${sha1}\n`,
      `[{"path":"a\\"[","size":1,"digests":{"md5":"${md5}"}},{"path":"b"}]`,
      `path,size,md5\r\n"a\r\nb",1,${md5}\r\n`,
    ];
    for (const list of lists)
      for (const size of [1, 2, 3, 7, 64]) expect(read(list, {}, size).items).toEqual(read(list).items);
  });

  test('says nothing where there is nothing', () => {
    for (const text of ['', '\n\n', '\ufeff', '# only words\n']) {
      const { items, recognised } = read(text);
      expect(items.filter(({ kind }) => kind !== 'comment')).toEqual([]);
      expect(recognised.explanation).toBe('nothing that is known');
    }
  });

  test('a line that is too long is one malformed line, and reading goes on', () => {
    const reader = createManifestReader();
    const items: ManifestItem[] = [...reader.push(encode(`${md5}  a\n${md5}  `))];
    for (let n = 0; n < 40; n++) items.push(...reader.push(new Uint8Array(100_000).fill(0x78)));
    items.push(...reader.push(encode(`\n${md5}  b\n`)), ...reader.end());
    expect(items.map((item) => (item.kind === 'malformed' ? item.reason : item.kind))).toEqual([
      'entry',
      'too-long',
      'entry',
    ]);
    expect(items.every((item) => item.kind === 'entry' || item.text.length <= 256)).toBe(true);
  });

  test('random bytes and broken lists never throw', () => {
    let state = 1;
    const random = (below: number): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
    const seeds = [
      `${md5}  a\n`,
      `SHA1 (b) = ${sha1}\n`,
      `[{"path":"a","digests":{"md5":"${md5}"}}]`,
      'a 352441c2\r\n',
    ];
    for (let round = 0; round < 3_000; round++) {
      const bytes = encode(seeds[round % seeds.length]!.repeat(3));
      for (let n = 0; n < 1 + random(6); n++) bytes[random(bytes.length)] = random(256);
      const { items } = read(bytes, {}, 1 + random(50));
      for (const item of items) if (item.kind === 'entry') expect(item.digests.length).toBeGreaterThan(0);
    }
  });
});
