import { expect, test } from 'vitest';
import { differsOnWindows, keyOf, windowsName } from './names.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const shown = (keyed: { kind: string; key: Uint8Array }) =>
  keyed.kind === 'inside' ? new TextDecoder().decode(keyed.key) : keyed.kind;

test.each([
  ['a', 'a'],
  ['a/b', 'a/b'],
  ['./a', 'a'],
  ['././a//b/./c', 'a/b/c'],
  ['a/', 'a'],
  ['...', '...'],
  ['.hidden/..b', '.hidden/..b'],
  ['a\\b', 'a\\b'],
  ['C:\\a', 'C:\\a'],
  ['/a', 'outside'],
  ['..', 'outside'],
  ['a/../b', 'outside'],
  ['./../a', 'outside'],
  ['a/..', 'outside'],
  ['', 'impossible'],
  ['.', 'impossible'],
  ['./', 'impossible'],
  ['a\0b', 'impossible'],
])('by the rules of POSIX %j is %s', (name, expected) => {
  expect(shown(keyOf(bytes(name), false))).toBe(expected);
});

test.each([
  ['a\\b', 'a/b'],
  ['.\\a\\.\\b', 'a/b'],
  ['a\\..\\b', 'outside'],
  ['..\\a', 'outside'],
  ['C:\\a', 'outside'],
  ['c:a', 'outside'],
  ['\\a', 'outside'],
  ['\\\\host\\share', 'outside'],
  ['\\\\?\\C:\\a', 'outside'],
  ['//host/share', 'outside'],
  ['NUL', 'outside'],
  ['nul.txt', 'outside'],
  ['a/CON /b', 'outside'],
  ['a\\com1.tar.gz', 'outside'],
  ['lpt\u00b9', 'outside'],
  ['aux:stream', 'outside'],
  ['console', 'console'],
  ['com10', 'com10'],
  ['null', 'null'],
])('by the rules of Windows %j is %s', (name, expected) => {
  expect(shown(windowsName(bytes(name)))).toBe(expected);
});

test('names are told apart that mean more on Windows', () => {
  for (const name of ['a\\b', 'C:\\x', 'nul']) expect(differsOnWindows(bytes(name))).toBe(true);
  for (const name of ['a/b', 'caf\u00e9', 'ab:b/c']) expect(differsOnWindows(bytes(name))).toBe(false);
});

test('no name of random bytes becomes a key that climbs, is absolute, or has an empty segment', () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const alphabet = bytes('./\\ab:\0\u00ff');
  for (let at = 0; at < 50_000; at++) {
    const name = Uint8Array.from({ length: random(12) }, () => alphabet[random(alphabet.length)]!);
    for (const windows of [false, true]) {
      const { kind, key } = keyOf(name, windows);
      if (kind !== 'inside') continue;
      const segments = new TextDecoder('latin1').decode(key).split('/');
      for (const segment of segments) expect(['', '.', '..']).not.toContain(segment);
      expect(key.includes(0)).toBe(false);
      if (windows) expect(key.includes(0x5c)).toBe(false);
    }
  }
});
