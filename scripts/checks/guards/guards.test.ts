/** Keeps docs/security.md true to the sources, without taking anything away. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromRoot } from '../../setup/paths.mjs';
import { guardsOf, placesOfGuards } from './guards.ts';
import { withoutGuard } from './markers.ts';

const read = (file: string): string => readFileSync(fromRoot(file), 'utf8');
const document = read('docs/security.md');
const guards = guardsOf(document);
const places = placesOfGuards();

describe.each(guards)('the guard “$name”', ({ name, test: file, title }) => {
  test('is named beside its code, and can be taken away', () => {
    expect(places.get(name)).toBeDefined();
    for (const source of places.get(name)!) expect(withoutGuard(source, read(source), name)).not.toBe(read(source));
  });

  test('has its test', () => {
    // Titles are put together from parts where a test runs over a table.
    const words = title.split(' ').filter((word) => word.length > 3);
    expect(words.filter((word) => !read(file).includes(word))).toEqual([]);
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
    expect(existsSync(fromRoot(file)), file).toBe(true);
    const name = symbol.split('.').at(-1)!.replace(/\(\)$/, '');
    expect(read(file)).toContain(name);
  });

  test('lists every guard once, with a test', () => {
    // A row of a table of guards that the pattern does not read would be a guard without a test.
    const rows = [...document.matchAll(/^\| guard \|.*\n\| --- .*\n((?:\|.*\n)+)/gm)].flatMap(([, body]) =>
      body!.trim().split('\n'),
    );
    expect(rows.length).toBe(guards.length);
    expect(new Set(guards.map(({ name }) => name)).size).toBe(guards.length);
  });

  test('lists every guard that the sources name', () => {
    expect([...places.keys()].filter((name) => !guards.some((guard) => guard.name === name))).toEqual([]);
  });
});
