/** How `hash` reads files, with the real engine. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadEngine } from '../../engine/native-engine.ts';
import { Scratch } from '../testing/scratch.ts';
import { TestWorld } from '../testing/test-world.ts';

let scratch: Scratch;
beforeEach(() => {
  scratch = new Scratch();
});
afterEach(() => scratch.remove());

async function hashed(...argv: string[]): Promise<string> {
  const world = new TestWorld();
  world.engine = loadEngine({ threads: 2 });
  expect(await world.run('-a', 'crc32', ...argv, scratch.at('d'))).toBe(0);
  return world.printed;
}

test.each([['--medium'], ['--idle'], ['--limit-rate=1G']])('%s changes no digest', async (option) => {
  scratch.file('d/a', 'abc');
  scratch.file('d/b', 'x'.repeat(300_000));
  expect(await hashed(option)).toBe(await hashed());
});

test('--limit-rate slows the command down', async () => {
  scratch.file('d/a', 'x'.repeat(3_000_000));
  const began = performance.now();
  await hashed('--limit-rate', '10MB');
  expect(performance.now() - began).toBeGreaterThan(100);
});

test.each([['0'], ['-1'], ['fast'], ['1.5M']])('--limit-rate %s is refused', async (rate) => {
  const world = new TestWorld();
  expect(await world.run(`--limit-rate=${rate}`, 'd')).toBe(2);
  expect(world.said).toContain('--limit-rate');
});
