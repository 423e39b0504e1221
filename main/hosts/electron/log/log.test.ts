import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Log } from './log.ts';
import { LogFile } from './log-file.ts';
import { describeError, withoutPaths } from './without-paths.ts';

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'hashlane-log-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

describe('a log file', () => {
  test('makes its folder, is for its owner alone, and goes on where it stood', () => {
    const at = path.join(folder(), 'deep', 'logs');
    new LogFile(at, 'hashlane').write('one');
    new LogFile(at, 'hashlane').write('two');
    const file = path.join(at, 'hashlane.log');
    expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
  });

  test('never grows beyond its limit, and keeps as many old ones as it may', () => {
    const at = folder();
    const file = new LogFile(at, 'x', { bytes: 20, kept: 2 });
    for (const line of ['line 1', 'line 2', 'line 3', 'line 4', 'line 5', 'line 6', 'line 7']) file.write(line);
    expect(readdirSync(at).sort()).toEqual(['x.1.log', 'x.2.log', 'x.log']);
    expect(readFileSync(path.join(at, 'x.2.log'), 'utf8')).toBe('line 3\nline 4\n');
    expect(readFileSync(path.join(at, 'x.1.log'), 'utf8')).toBe('line 5\nline 6\n');
    expect(readFileSync(path.join(at, 'x.log'), 'utf8')).toBe('line 7\n');
  });

  test('writes a line longer than the limit all the same', () => {
    const file = new LogFile(folder(), 'x', { bytes: 5, kept: 1 });
    file.write('much longer');
    expect(readFileSync(file.path, 'utf8')).toBe('much longer\n');
  });

  test('that cannot be written stops nobody, and is tried again', () => {
    const at = path.join(folder(), 'taken');
    writeFileSync(at, '');
    const file = new LogFile(at, 'x');
    file.write('lost');
    rmSync(at);
    file.write('kept');
    expect(readFileSync(file.path, 'utf8')).toBe('kept\n');
  });
});

describe('what is logged of an error', () => {
  test.each([
    [
      "ENOENT: no such file or directory, open '/home/ana/My letters/one.txt'",
      'ENOENT: no such file or directory, open …',
    ],
    ['/home/ana/out.txt cannot be written: no space is left (ENOSPC).', '…'],
    ['The folder C:\\Users\\Ana\\My files cannot be listed', 'The folder …'],
    ['cannot load file:///home/ana/x', 'cannot load …'],
    ['“secret name.txt” is odd', '…'],
    ['path=/srv/x', 'path …'],
    ['in ~/Documents/x', 'in …'],
    ['\\\\server\\share\\x is away', '…'],
    ["it can't be: 'x y'", "it can't be: …"],
    ['3 of 4 kernels passed: 12/s', '3 of 4 kernels passed: 12/s'],
    ['first\nsecond /home/ana', 'first'],
  ])('%j names no file', (text, told) => {
    expect(withoutPaths(text)).toBe(told);
  });

  test('keeps its name, its code and the places in the program, by file alone', () => {
    const error = Object.assign(new Error("EACCES: permission denied, open '/home/ana/x y.txt'"), { code: 'EACCES' });
    error.stack = `Error: ${error.message}\n    at load (/home/ana/hashlane/dist/electron/boot-a1.js:12:7)\n    at C:\\Users\\Ana\\boot.js:3:1\n    at new Promise (<anonymous>)`;
    expect(describeError(error)).toBe(
      'Error EACCES: EACCES: permission denied, open …\n    at load (boot-a1.js:12:7)\n    at boot.js:3:1',
    );
    expect(describeError(error, { namesPaths: true })).toContain('x y.txt');
    expect(describeError({ toString: () => '/home/ana' })).toBe('…');
  });

  test('goes to the file and to standard error; plain facts to the file alone', () => {
    const lines: string[] = [];
    const echoed: string[] = [];
    const log = new Log({
      file: { write: (line) => lines.push(line) },
      namesPaths: false,
      echo: (text) => echoed.push(text),
    });
    log.info('began');
    log.error('it failed', new Error('for /a/reason'));
    expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z info {2}began$/);
    expect(lines[1]).toMatch(/Z error it failed: Error: for …\n {4}at /);
    expect(echoed).toHaveLength(1);
  });
});
