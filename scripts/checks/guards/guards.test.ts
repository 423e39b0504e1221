/** Keeps the table of guards and docs/security.md true to the sources, without taking anything away. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { at } from '../../setup/places.mjs';
import { electronGuards } from './electron-guards.mjs';
import { nativeGuards } from './native-guards.mjs';
import { outputGuards } from './output-guards.mjs';
import { webGuards } from './web-guards.mjs';

const guards = [...electronGuards, ...webGuards, ...outputGuards, ...nativeGuards];
const read = (file: string): string => readFileSync(at(file), 'utf8');
const document = read('docs/security.md');

describe.each(guards)('the guard “$name”', ({ name, removals, test: file, title }) => {
  test('stands where the table says, once', () => {
    for (const { file: source, text } of removals) expect(read(source).split(text), source).toHaveLength(2);
  });

  test('has its test', () => {
    // Titles are put together from parts where a test runs over a table.
    const words = title.split(' ').filter((word) => word.length > 3);
    expect(words.filter((word) => !read(file).includes(word))).toEqual([]);
  });

  test('is told of in docs/security.md', () => {
    expect(document).toContain(`| ${name} |`);
  });
});

describe('docs/security.md', () => {
  const links = Array.from(document.matchAll(/\[`([^`]+)`\]\(\.\.\/([^)#]+)\)/g), ([, symbol, file]) => ({
    symbol: symbol!,
    file: file!,
  }));

  test('links to sources', () => {
    expect(links.length).toBeGreaterThan(20);
  });

  test.each(links)('$symbol is in $file', ({ symbol, file }) => {
    expect(existsSync(at(file)), file).toBe(true);
    const name = symbol.split('.').at(-1)!.replace(/\(\)$/, '');
    expect(read(file)).toContain(name);
  });

  test('names no guard that there is not', () => {
    const told = Array.from(document.matchAll(/^\| ([^|[`]+?) \| \[/gm), ([, name]) => name);
    expect(told.filter((name) => !guards.some((guard) => guard.name === name))).toEqual([]);
  });
});
