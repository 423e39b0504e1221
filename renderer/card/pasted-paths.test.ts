import { expect, it } from 'vitest';
import { pastedPaths } from './pasted-paths.ts';

it('paths are pasted one a line, as file managers write them', () => {
  expect(pastedPaths('/srv/a b\r\n"/srv/c"\n\nfile:///srv/d%20e\nfile:///srv/100%\n')).toEqual([
    '/srv/a b',
    '/srv/c',
    '/srv/d e',
    '/srv/100%',
  ]);
  expect(pastedPaths('C:\\Users\\Ana\n\\\\server\\share')).toEqual(['C:\\Users\\Ana', '\\\\server\\share']);
});

it('text of which a line is no path is no list of paths', () => {
  expect(pastedPaths('/srv/a\nsome words')).toEqual([]);
  expect(pastedPaths('https://example.com/x')).toEqual([]);
  expect(pastedPaths('')).toEqual([]);
});
