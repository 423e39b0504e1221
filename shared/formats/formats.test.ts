import { describe, expect, test } from 'vitest';
import { openBatch } from '../batch/reader.ts';
import { type RecordInput, writeBatch } from '../batch/writer.ts';
import type { ExportFormat } from '../contract/models.ts';
import { exportFormat } from '../contract/models.ts';
import type { AlgorithmName } from '../tables/algorithms.ts';
import { ByteBuilder } from './byte-builder.ts';
import { findFormat, formatNames, formats } from './registry.ts';

const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, n) => n);
const md5 = counting(16);
const crc32 = Uint8Array.of(0xde, 0xad, 0xbe, 0xef);
const ed2k = counting(16);
const [sha1, aich, tth] = [counting(20), counting(20), counting(24)];
const md5Text = '000102030405060708090a0b0c0d0e0f';
const base32Of20 = 'AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQT';
const base32Of24 = 'AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQTCQKRMFY';

/** The document that `format` makes of `records`, as bytes read one to one into characters. */
function written(
  format: ExportFormat,
  records: readonly Omit<RecordInput, 'entryId'>[],
  algorithms: readonly AlgorithmName[] = ['md5'],
): string {
  const batch = openBatch(
    writeBatch({
      jobId: 1,
      sequence: 0,
      algorithms: ['crc32', 'md5', 'sha1', 'ed2k', 'tth', 'aich'],
      records: records.map((record, entryId) => ({
        entryId,
        digests: { md5, crc32, sha1, ed2k, tth, aich },
        ...record,
      })),
    }),
  );
  const out = new ByteBuilder(8);
  const writer = formats[format].create(algorithms);
  writer.begin(out);
  for (let index = 0; index < batch.count; index++) writer.record(out, batch, index);
  writer.end(out);
  return Array.from(out.take(), (byte) => String.fromCharCode(byte)).join('');
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

test('every format of the contract is in the registry under its own name', () => {
  expect(formatNames).toEqual(exportFormat.options);
  for (const name of formatNames) expect(findFormat(name)?.name).toBe(name);
  expect(findFormat('toString')).toBeUndefined();
});

describe('gnu', () => {
  test('a line is the digest, two spaces and the name', () => {
    expect(written('gnu', [{ name: 'a b.txt' }, { name: ' -c' }])).toBe(`${md5Text}  a b.txt\n${md5Text}   -c\n`);
  });

  test('several algorithms give a line each, in the order asked for', () => {
    expect(written('gnu', [{ name: 'a' }], ['md5', 'crc32'])).toBe(`${md5Text}  a\ndeadbeef  a\n`);
    expect(written('gnu', [{ name: 'a' }], ['crc32', 'md5'])).toBe(`deadbeef  a\n${md5Text}  a\n`);
  });

  test('backslash, line feed and carriage return are escaped and the line says so', () => {
    expect(written('gnu', [{ name: 'a\\b\nc\rd' }])).toBe(`\\${md5Text}  a\\\\b\\nc\\rd\n`);
  });

  test('every other byte of a name stands as it is on the disk', () => {
    const name = '\x01\t\x1b\x7f\x80\xff\xe9 ';
    expect(written('gnu', [{ name: latin1(name) }])).toBe(`${md5Text}  ${name}\n`);
  });

  test('only hashed files have a line', () => {
    expect(written('gnu', [{ name: 'gone', status: 'missing', error: 'ENOENT' }, { name: 'a' }])).toBe(
      `${md5Text}  a\n`,
    );
  });

  test('an algorithm that was not computed has no line', () => {
    expect(written('gnu', [{ name: 'a' }], ['sha256', 'md5'])).toBe(`${md5Text}  a\n`);
  });
});

describe('bsd', () => {
  test('a line is tagged with its algorithm', () => {
    expect(written('bsd', [{ name: 'a (1).txt' }], ['crc32', 'md5'])).toBe(
      `CRC32 (a (1).txt) = deadbeef\nMD5 (a (1).txt) = ${md5Text}\n`,
    );
  });

  test('a tagged line is escaped like a plain one', () => {
    expect(written('bsd', [{ name: 'a\nb' }])).toBe(`\\MD5 (a\\nb) = ${md5Text}\n`);
  });
});

describe('jsonl', () => {
  test('a hashed file is one object on one line', () => {
    expect(written('jsonl', [{ name: 'a/b.txt', size: 3 }], ['md5', 'crc32'])).toBe(
      `{"path":"a/b.txt","size":3,"status":"ok","digests":{"md5":"${md5Text}","crc32":"deadbeef"}}\n`,
    );
  });

  test('a failure carries its code and a message', () => {
    expect(written('jsonl', [{ name: 'a', size: 9, status: 'unreadable', error: 'EACCES' }])).toBe(
      '{"path":"a","size":9,"status":"unreadable","error":{"code":"EACCES","message":"permission denied"}}\n',
    );
  });

  test('the words of the system replace the general message', () => {
    const line = written('jsonl', [{ name: 'a', status: 'unreadable', error: 'EOTHER', errorText: 'Quota "x"' }]);
    expect(JSON.parse(line).error).toEqual({ code: 'EOTHER', message: 'Quota "x"' });
  });

  test('a name that is not UTF-8 is given readably and exactly', () => {
    const record = JSON.parse(written('jsonl', [{ name: latin1('a\xe9') }]).replaceAll('\xef\xbf\xbd', '\ufffd'));
    expect(record.path).toBe('a\ufffd');
    expect(atob(record.pathBase64)).toBe('a\xe9');
  });

  test('a name with control characters stays on its line and reads back the same', () => {
    const name = 'a\n"\\\t\x1b[2J\x7f\u202e\u2028';
    const text = written('jsonl', [{ name }]);
    expect(text.match(/[^\x20-\x7e]/g)).toEqual(['\n']);
    expect(JSON.parse(text).path).toBe(name);
  });
});

describe('json', () => {
  test('the document is one array', () => {
    const records = JSON.parse(written('json', [{ name: 'a' }, { name: 'b', status: 'skipped', error: 'FIFO' }]));
    expect(records.map(({ path, status }: { path: string; status: string }) => [path, status])).toEqual([
      ['a', 'ok'],
      ['b', 'skipped'],
    ]);
  });

  test('no records make an empty array', () => {
    expect(JSON.parse(written('json', []))).toEqual([]);
  });
});

describe('csv', () => {
  const header = 'path,size,status,md5,errorCode,errorMessage,pathBase64\r\n';

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\uff1d1'])(
    'the name %j is no formula, and still the file',
    (name) => {
      const [, path = ''] = written('csv', [{ name }]).split('\r\n');
      expect(path.replace(/^"/, '').startsWith('./')).toBe(true);
    },
  );

  test('the header names the columns and every record has a line', () => {
    const records = [
      { name: 'a', size: 3 },
      { name: 'b', status: 'missing', error: 'ENOENT' },
    ] as const;
    expect(written('csv', records)).toBe(
      `${header}a,3,ok,${md5Text},,,\r\nb,0,missing,,ENOENT,no such file or folder,\r\n`,
    );
  });

  test('separators, quotes, line ends and spaces at the ends are put in quotes', () => {
    expect(written('csv', [{ name: 'a,"b"\r\nc' }, { name: ' d' }])).toBe(
      `${header}"a,""b""\r\nc",0,ok,${md5Text},,,\r\n" d",0,ok,${md5Text},,,\r\n`,
    );
  });

  test('messages with commas keep to their column', () => {
    const lines = written('csv', [{ name: 'a', status: 'skipped', error: 'FIFO' }]);
    expect(lines).toBe(`${header}a,0,skipped,,FIFO,"named pipe, never opened",\r\n`);
  });

  test('a name that is not UTF-8 has its bytes in the last column', () => {
    expect(written('csv', [{ name: latin1('\xff') }])).toBe(`${header}\xef\xbf\xbd,0,ok,${md5Text},,,/w==\r\n`);
  });
});

describe('ed2k', () => {
  test('a link is the last segment of the name, the size and the digest', () => {
    expect(written('ed2k', [{ name: 'a/b c.iso', size: 12 }], ['ed2k'])).toBe(
      `ed2k://|file|b%20c.iso|12|${md5Text}|/\n`,
    );
  });

  test('the AICH digest stands in it when it was asked for', () => {
    expect(written('ed2k', [{ name: 'a' }], ['aich', 'ed2k'])).toBe(`ed2k://|file|a|0|${md5Text}|h=${base32Of20}|/\n`);
  });

  test('without the ED2K digest there is no link, whatever else there is', () => {
    expect(written('ed2k', [{ name: 'a' }], ['aich', 'md5'])).toBe('');
    expect(written('ed2k', [{ name: 'gone', status: 'missing', error: 'ENOENT' }], ['ed2k'])).toBe('');
  });
});

describe('magnet', () => {
  test('a link has a topic for each algorithm, in the order asked for', () => {
    expect(written('magnet', [{ name: 'a/b', size: 5 }], ['tth', 'ed2k', 'aich', 'md5'])).toBe(
      `magnet:?xl=5&dn=b&xt=urn:tree:tiger:${base32Of24}&xt=urn:ed2k:${md5Text}&xt=urn:aich:${base32Of20}` +
        `&xt=urn:md5:${md5Text}\n`,
    );
  });

  test('SHA-1 stands in base32, as Gnutella has it', () => {
    expect(written('magnet', [{ name: 'a' }], ['sha1'])).toBe(`magnet:?xl=0&dn=a&xt=urn:sha1:${base32Of20}\n`);
  });

  test('no byte of a name can end the name or the link', () => {
    const name = latin1('x&y=z|%\n\r"<#?+\xff\xc3\xbc-_.~');
    expect(written('magnet', [{ name }], ['crc32'])).toBe(
      'magnet:?xl=0&dn=x%26y%3dz%7c%25%0a%0d%22%3c%23%3f%2b%ff%c3%bc-_.~&xt=urn:crc32:deadbeef\n',
    );
  });

  test('a file without a digest has no link', () => {
    expect(written('magnet', [{ name: 'gone', status: 'missing', error: 'ENOENT' }])).toBe('');
    expect(written('magnet', [{ name: 'a' }], ['sha256'])).toBe('');
  });
});

test('a builder grows as needed and keeps what was taken apart from what follows', () => {
  const out = new ByteBuilder(1);
  out.text('é'.repeat(100));
  const first = out.take();
  out.hex(Uint8Array.of(0x0f, 0xf0));
  out.byte(0x21);
  expect(new TextDecoder().decode(first)).toBe('é'.repeat(100));
  expect(new TextDecoder().decode(out.take())).toBe('0ff0!');
  expect(out.length).toBe(0);
});
