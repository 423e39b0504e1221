import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { flagValue, hasFlag, pathsOfArguments } from './arguments.ts';

const cwd = path.resolve('/home/someone');

describe('paths on the command line', () => {
  it('are made absolute from the folder where the program was called', () => {
    const paths = pathsOfArguments(['hashlane', 'a.iso', '../b', '/c'], { cwd, hasAppArgument: false });
    expect(paths).toEqual([path.join(cwd, 'a.iso'), path.resolve(cwd, '../b'), path.resolve('/c')]);
  });

  it('do not include the folder of the app in a checkout', () => {
    const argv = ['electron', '--no-sandbox', '/src/hashlane', '--user-data-dir=/tmp/p', 'a.iso'];
    expect(pathsOfArguments(argv, { cwd, hasAppArgument: true })).toEqual([path.join(cwd, 'a.iso')]);
  });

  it('may begin with a dash after --', () => {
    const argv = ['electron', '/src/hashlane', '--', '-odd', '--inspect'];
    expect(pathsOfArguments(argv, { cwd, hasAppArgument: true })).toEqual([
      path.join(cwd, '-odd'),
      path.join(cwd, '--inspect'),
    ]);
  });

  it('may be file: URLs, as desktops write them', () => {
    const file = path.resolve('/home/someone/100% füll, a b.iso');
    const argv = ['hashlane', pathToFileURL(file).href];
    expect(pathsOfArguments(argv, { cwd, hasAppArgument: false })).toEqual([file]);
  });

  it('are taken as they stand when they only look like URLs', () => {
    const argv = ['hashlane', 'file:///%zz', 'file:x'];
    expect(pathsOfArguments(argv, { cwd, hasAppArgument: false })).toEqual([
      path.resolve(cwd, 'file:///%zz'),
      path.resolve(cwd, 'file:x'),
    ]);
  });

  it('are not mixed up with flags', () => {
    expect(pathsOfArguments(['hashlane', '--inspect=0', '-r'], { cwd, hasAppArgument: false })).toEqual([]);
    expect(flagValue(['hashlane', '--user-data-dir=/tmp/Mixed'], 'user-data-dir')).toBe('/tmp/Mixed');
    expect(flagValue(['hashlane', '--user-data-dir-not=/x'], 'user-data-dir')).toBeUndefined();
  });

  it('may be called like a flag', () => {
    expect(hasFlag(['hashlane', '--add-files', '--', 'a.iso'], 'add-files')).toBe(true);
    expect(hasFlag(['hashlane', '--', '--add-files'], 'add-files')).toBe(false);
  });
});
