import { expect, test } from 'vitest';
import { loadEngine } from '../../engine/native-engine.ts';
import { Scratch } from '../testing/scratch.ts';
import { TestWorld } from '../testing/test-world.ts';

async function run(...argv: string[]) {
  const world = new TestWorld();
  world.engine = loadEngine({ threads: 1 });
  return { status: await world.run(...argv), printed: world.printed, said: world.said };
}

test('a template gives lines of its own, and names the algorithms', async () => {
  const scratch = new Scratch();
  scratch.file('a', 'abc');
  const { status, printed } = await run('--template', '{name} {size} {md5} {crc32:upper}', scratch.at('a'));
  scratch.remove();
  expect(status).toBe(0);
  expect(printed).toBe('a 3 900150983cd24fb0d6963f7d28e17f72 352441C2\n');
});

test.each([
  [['--template', '{nosuch}', 'a'], "'{nosuch}' is none of path, name, folder, size, modified or an algorithm"],
  [['--template', '{md5}', '--format', 'bsd', 'a'], 'cannot be used with'],
  [['--template', '{md5}', '-a', 'sha1', 'a'], 'the template names md5: add it to --algorithm'],
  [['--template', '{md5}', '--upper', 'a'], 'a template says itself how digests are written'],
])('%j is wrong usage', async (argv, words) => {
  const { status, said } = await run(...argv);
  expect(status).toBe(2);
  expect(said).toContain(words);
});
