import { describe, expect, it } from 'vitest';
import type { Source } from '#shared/contract/models.ts';
import { folderOf } from './folder-of.ts';

describe('the folder of a source', () => {
  const folder = (path: string, kind: Source['kind'] = 'folder'): string =>
    new TextDecoder().decode(folderOf({ id: 'x', kind, name: 'n', path, size: null }));

  it('is everything up to its own name', () => {
    expect(folder('/home/ana/photos')).toBe('/home/ana/');
    expect(folder('/home/ana/photos/')).toBe('/home/ana/');
    expect(folder('C:\\Users\\Ana\\photos')).toBe('C:\\Users\\Ana\\');
  });

  it('is empty for a root and for what comes from the browser', () => {
    expect(folder('/')).toBe('');
    expect(folder('photos/a.jpg', 'upload')).toBe('');
  });
});
