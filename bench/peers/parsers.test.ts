import { describe, expect, test } from 'vitest';
import { Agreement } from './agreement.ts';
import { type Digest, gnu, hashdeep, jsonLines, type Parser, pairs, sevenZip, tagged } from './parsers.ts';

const md5 = '900150983cd24fb0d6963f7d28e17f72';
const sha1 = 'a9993e364706816aba3e25717850c26c9cd0d89d';
const of = (algorithm: string, digest: string, path = '/t/f'): Digest => ({ path, algorithm, digest });

describe('what a program prints is understood', () => {
  test.each<[string, Parser, string, Digest[]]>([
    ['md5sum', gnu('md5'), `${md5}  /t/f\n${md5} */t/a b\n`, [of('md5', md5), of('md5', md5, '/t/a b')]],
    [
      'rhash, in base32',
      gnu('tth'),
      'asd4ujseh5m47pdyb46kbtsqtsgdklbhyxomuia  /t/f\n',
      [of('tth', 'asd4ujseh5m47pdyb46kbtsqtsgdklbhyxomuia')],
    ],
    [
      'tthsum, which shouts',
      gnu('tth'),
      'ASD4UJSEH5M47PDYB46KBTSQTSGDKLBHYXOMUIA  /t/f\n',
      [of('tth', 'asd4ujseh5m47pdyb46kbtsqtsgdklbhyxomuia')],
    ],
    ['openssl dgst', tagged('sha1'), `SHA1(/t/f)= ${sha1}\n`, [of('sha1', sha1)]],
    ['openssl, a longer name', tagged('sha256'), `SHA2-256(/t/f)= ${sha1}\n`, [of('sha256', sha1)]],
    ['cksum -a', tagged('sm3'), `SM3 (/t/f) = ${sha1}\n`, [of('sm3', sha1)]],
    ['xxhsum -H3', tagged('xxh3-64'), 'XXH3 (/t/f) = 78af5f94892f3950\n', [of('xxh3-64', '78af5f94892f3950')]],
    ['rhash --printf', pairs, `crc32=352441C2 md5=${md5}\t/t/f\n`, [of('crc32', '352441c2'), of('md5', md5)]],
    [
      'hashlane --format jsonl',
      jsonLines,
      `{"path":"/t/f","status":"ok","digests":{"md5":"${md5}"}}\n`,
      [of('md5', md5)],
    ],
    ['hashlane, of a file that failed', jsonLines, '{"path":"/t/f","status":"unreadable"}\n', []],
    ['nothing', gnu('md5'), '', []],
  ])('%s', (_, parse, output, digests) => {
    expect(parse(output)).toEqual(digests);
  });

  test("7-Zip's table, in which the file has lost its folder", () => {
    const output = `
7-Zip [64] 26.02 : Copyright (c) 1999-2026 Igor Pavlov : 2026-06-25

Scanning
1 file, 3 bytes (1 KiB)

CRC32             Size  Name
-------- -------------  ------------
352441C2             3  f
-------- -------------  ------------
352441C2             3  

Size: 3

CRC32  for data:              352441C2

Everything is Ok
`;
    expect(sevenZip('crc32', '/t/f')(output)).toEqual([of('crc32', '352441c2')]);
  });

  test('hashdeep, whose names may hold commas', () => {
    const output = `%%%% HASHDEEP-1.0
%%%% size,md5,sha1,filename
## Invoked from: /t
## # hashdeep -c md5,sha1 /t
##
3,${md5},${sha1},/t/a,b
`;
    expect(hashdeep(output)).toEqual([of('md5', md5, '/t/a,b'), of('sha1', sha1, '/t/a,b')]);
    expect(hashdeep('something else\n')).toEqual([]);
  });
});

describe('contenders', () => {
  test('agree when they say the same of the same files', () => {
    const agreement = new Agreement();
    agreement.add('a', [of('md5', md5), of('sha1', sha1)], 1);
    agreement.add('b', [of('md5', md5)], 1);
    expect(agreement).toMatchObject({ compared: 1, complaints: [], incomplete: [] });
  });

  test('do not agree when one digest differs, and both are named', () => {
    const agreement = new Agreement();
    agreement.add('a', [of('md5', md5)], 1);
    agreement.add('b', [of('md5', sha1)], 1);
    expect(agreement.complaints).toEqual([`md5 of /t/f: a says ${md5}, b says ${sha1}`]);
  });

  test('that left files out are reported', () => {
    const agreement = new Agreement();
    agreement.add('a', [of('md5', md5), of('sha1', sha1)], 2);
    expect(agreement.incomplete).toEqual([{ name: 'a', files: 1 }]);
  });
});
