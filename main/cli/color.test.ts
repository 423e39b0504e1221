import { describe, expect, test } from 'vitest';
import { loadEngine } from '../engine/native-engine.ts';
import { type ColorOptions, paintFor } from './color.ts';
import { Scratch } from './testing/scratch.ts';
import { TestWorld } from './testing/test-world.ts';

const esc = '\x1b';

describe('colours are written', () => {
  test.each<[string, ColorOptions['color'], boolean, Record<string, string>, boolean]>([
    ['to a terminal', 'auto', true, {}, true],
    ['to nothing else', 'auto', false, {}, false],
    ['not to a terminal that has none', 'auto', true, { TERM: 'dumb' }, false],
    ['not where NO_COLOR is set', 'auto', true, { NO_COLOR: '1' }, false],
    ['where NO_COLOR is empty', 'auto', true, { NO_COLOR: '' }, true],
    ['where FORCE_COLOR is set', 'auto', false, { FORCE_COLOR: '1' }, true],
    ['not where FORCE_COLOR is 0', 'auto', true, { FORCE_COLOR: '0' }, false],
    ['where the option says so, whatever else', 'always', false, { NO_COLOR: '1' }, true],
    ['not where the option says so', 'never', true, { FORCE_COLOR: '1' }, false],
  ])('%s', (_, color, isTerminal, environment, expected) => {
    expect(paintFor({ color }, { isTerminal }, { environment })('bad', 'x').includes(esc)).toBe(expected);
  });
});

async function run(...argv: string[]): Promise<TestWorld> {
  const world = new TestWorld();
  Object.assign(world, { loadEngine });
  await world.run(...argv);
  return world;
}

test('failures of hash are red, and what is skipped is yellow', async () => {
  const scratch = new Scratch();
  scratch.shell('mkdir d; ln -s nowhere d/link');
  const { said } = await run('--color', 'always', scratch.at('d'), scratch.at('absent'));
  scratch.remove();
  expect(said).toContain(`link: ${esc}[33mskipped: symbolic link, not followed (SYMLINK)${esc}[39m\n`);
  expect(said).toContain(`absent: ${esc}[31mno such file or folder (ENOENT)${esc}[39m\n`);
});

test('the file of --errors has no colours', async () => {
  const scratch = new Scratch();
  await run('--color', 'always', '--errors', scratch.at('errors'), scratch.at('absent'));
  expect(scratch.shell('cat errors')).toContain('no such file');
  expect(scratch.shell('cat errors')).not.toContain(esc);
  scratch.remove();
});

test('what check answers is green or red', async () => {
  const scratch = new Scratch();
  scratch.file('a', 'abc');
  scratch.file('b', 'abd');
  const { printed } = await run(
    'check',
    '--color',
    'always',
    'md5:900150983cd24fb0d6963f7d28e17f72',
    ...[scratch.at('a'), scratch.at('b')],
  );
  scratch.remove();
  expect(printed).toContain(`/a: ${esc}[32mOK${esc}[39m: MD5`);
  expect(printed).toContain(`/b: ${esc}[31mDIFFERENT${esc}[39m: tried MD5`);
});

test('verify and guard are coloured on a terminal, where names show their control characters', async () => {
  const scratch = new Scratch();
  scratch.file('tree/a\x1b[31m', 'abc');
  scratch.shell('cd tree && md5sum a* > ../SUMS && echo 900150983cd24fb0d6963f7d28e17f73 "" b >> ../SUMS');
  const onTerminal = async (...argv: string[]): Promise<string> => {
    const world = new TestWorld();
    world.output.isTerminal = true;
    world.environment.XDG_DATA_HOME = scratch.at('profile');
    Object.assign(world, { loadEngine });
    await world.run(...argv);
    return world.printed;
  };
  const verified = await onTerminal('verify', '--root', scratch.at('tree'), scratch.at('SUMS'));
  expect(verified).toContain(`${esc}[31mmissing        ${esc}[39mb`);
  expect(await onTerminal('verify', '-v', '--root', scratch.at('tree'), scratch.at('SUMS'))).toContain('a\\x1b[31m');
  await onTerminal('guard', 'add', scratch.at('tree'));
  scratch.shell('rm tree/a*; touch tree/c');
  const checked = await onTerminal('guard', 'check', scratch.at('tree'));
  scratch.remove();
  expect(checked).toContain(`${esc}[31mgone        ${esc}[39ma\\x1b[31m`);
});
