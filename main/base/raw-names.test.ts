import { describe, expect, test } from 'vitest';
import { exactArguments, nameBytes, nameText } from './raw-names.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('a name survives the way through text and back', () => {
  test.each([
    ['ASCII', bytes(0x61, 0x20, 0x62)],
    ['UTF-8 of every length', new TextEncoder().encode('aé日🙂')],
    ['a byte order mark', bytes(0xef, 0xbb, 0xbf, 0x61)],
    ['Latin-1', bytes(0x61, 0xe9, 0x62)],
    ['a sequence cut short', bytes(0xe6, 0x97)],
    ['an overlong slash', bytes(0xc0, 0xaf)],
    ['an encoded surrogate', bytes(0xed, 0xb2, 0x80)],
    ['UTF-8 between other bytes', bytes(0xff, 0xc3, 0xa9, 0xfe, 0xf0, 0x9f, 0x99, 0x82, 0x80)],
    ['every byte there is', Uint8Array.from({ length: 255 }, (_, n) => n + 1)],
  ])('%s', (_, name) => {
    expect(nameBytes(nameText(name))).toEqual(name);
  });
});

test('what Node decoded lossily is taken from the command line of the process', () => {
  const commandLine = Buffer.concat([Buffer.from('node\0--flag\0script.js\0-a\0md5\0'), bytes(0x61, 0xe9), bytes(0)]);
  const [, , name] = exactArguments(['-a', 'md5', 'a\ufffd'], () => commandLine);
  expect(nameBytes(name!)).toEqual(bytes(0x61, 0xe9));
});

test('an argument that really holds U+FFFD stays as it is', () => {
  const commandLine = Buffer.from('node\0script.js\0a\ufffd\0');
  expect(exactArguments(['a\ufffd'], () => commandLine)).toEqual(['a\ufffd']);
});

test('a command line that does not fit the arguments is not believed', () => {
  expect(exactArguments(['a\ufffd'], () => Buffer.from('something else\0'))).toEqual(['a\ufffd']);
});

test('where there is no command line to read, the arguments are taken as they are', () => {
  const none = (): never => {
    throw new Error('no /proc here');
  };
  expect(exactArguments(['a\ufffd'], none)).toEqual(['a\ufffd']);
});
