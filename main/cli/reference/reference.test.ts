/** README, man page, --help and completions say the same, for they are made of one table. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../base/testing/temporary-folder.ts';
import { hasProgram } from '../testing/scratch.ts';
import { TestWorld } from '../testing/test-world.ts';
import { completions } from './completion/completion.ts';
import { type Shell, shells } from './completion/values.ts';
import { allCommands, referenceFiles } from './files.ts';
import { fillParagraphs } from './paragraphs.ts';

const read = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../${file}`, import.meta.url)), 'utf8');
const commands = allCommands();

test.each(['README.md', 'packaging/man/hashlane.1'])('%s is what `npm run reference` writes', (file) => {
  expect(read(file)).toBe(referenceFiles(read).find((reference) => reference.file === file)!.text);
});

describe.each(commands.filter(({ name }) => name !== '').map((command) => [command.name, command] as const))(
  '%s',
  (name, command) => {
    test('has every option in --help, in the man page and in the completions', async () => {
      const world = new TestWorld();
      expect(await world.run(...name.split(' '), '--help')).toBe(0);
      const man = read('packaging/man/hashlane.1').replaceAll('\\-', '-');
      for (const { long, short } of command.options) {
        const flag = (long ?? short)!;
        expect(world.printed).toContain(flag);
        expect(man).toContain(`\\fB${flag}\\fR`);
        for (const shell of shells) expect(completions[shell](commands)).toContain(flag.replace(/^--/, ''));
      }
    });

    test('has help whose lines are filled and fit into 80 columns, save examples', async () => {
      const world = new TestWorld();
      await world.run(...name.split(' '), '--help');
      const lines = world.printed.split('\n');
      for (const [index, line] of lines.entries()) {
        if (/^\s/.test(line)) continue;
        expect(line.length, line).toBeLessThanOrEqual(80);
        const next = lines[index + 1] ?? '';
        if (line === '' || line.endsWith(':') || next === '' || /^\s/.test(next)) continue;
        expect(line.length + 1 + next.split(' ')[0]!.length, `${line} is too short`).toBeGreaterThan(80);
      }
    });
  },
);

test('paragraphs are filled, and indented lines stay as they are', () => {
  expect(fillParagraphs('one two\nthree\n\nList:\n  a   b\n', 9)).toBe('one two\nthree\n\nList:\n  a   b\n');
  expect(fillParagraphs('one\ntwo three', 80)).toBe('one two three');
});

test('--help shows the options of the command whose name may be left out', async () => {
  const world = new TestWorld();
  expect(await world.run('--help')).toBe(0);
  expect(world.printed).toContain('Options of hash:\n  -a, --algorithm <list>');
});

test('help for a command that does not exist says so', async () => {
  const world = new TestWorld();
  expect(await world.run('help', 'verfy')).toBe(2);
  expect(world.said).toContain("there is no command 'verfy'; did you mean 'verify'?");
  expect(world.printed).toBe('');
});

/** The script of a shell in a file. */
function script(shell: Shell): string {
  const file = path.join(temporaryFolder(), `hashlane.${shell}`);
  writeFileSync(file, completions[shell](commands));
  return file;
}

/** What is offered for the last of `words`, in order. */
function offers(shell: 'bash' | 'fish', ...words: string[]): string[] {
  const file = script(shell);
  const text =
    shell === 'bash'
      ? `source ${file}; COMP_WORDS=(hashlane ${words.map((word) => `'${word}'`).join(' ')}); ` +
        `COMP_CWORD=${words.length}; _hashlane 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`
      : `source ${file}; complete -C 'hashlane ${words.join(' ')}' | string split -f1 \\t`;
  const { stdout } = spawnSync(shell, ['-c', text], { encoding: 'utf8', cwd: path.dirname(file) });
  return stdout.split('\n').filter((line) => line !== '');
}

test.each(['bash', 'zsh', 'fish'] as const)('%s reads its script', (shell) => {
  if (!hasProgram(shell)) return expect(completions[shell](commands)).not.toBe('');
  const { status, stderr } = spawnSync(shell, ['-n', script(shell)], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

describe.each(['bash', 'fish'] as const)('%s', (shell) => {
  const only = test.runIf(hasProgram(shell));

  only('offers commands first', () => {
    expect(offers(shell, 'veri')).toContain('verify');
    expect(offers(shell, 'bag', 'val')).toContain('validate');
    expect(offers(shell, 'completion', 'po')).toContain('powershell');
  });

  only('offers options of the command, of `hash` where none is named', () => {
    expect(offers(shell, '--exc')).toContain('--exclude');
    expect(offers(shell, 'verify', '--unl')).toContain('--unlisted');
    expect(offers(shell, 'verify', '--exc')).toEqual([]);
  });

  only('offers the values of an option', () => {
    expect(offers(shell, '--format', 'b')).toEqual(['bsd']);
    expect(offers(shell, 'hash', '-a', 'md5,blake3')).toEqual(['md5,blake3']);
    expect(offers(shell, 'verify', '--format', 'h')).toEqual(['html']);
  });

  only('offers files, also below a name with a space', () => {
    expect(offers(shell, 'verify', 'hash')).toEqual([`hashlane.${shell}`]);
  });
});

test.runIf(hasProgram('bash'))('bash completes what follows an equals sign', () => {
  expect(offers('bash', '--format', '=', 'cs')).toEqual(['csv']);
});
