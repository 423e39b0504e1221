import { describe, expect, it } from 'vitest';
import { differences } from './archive.ts';

const list = '# remark\npackage.json\ndist/boot-*.js\n';

describe('the list of what ships', () => {
  it('takes a hash for its star and nothing else', () => {
    expect(differences(list, ['package.json', 'dist/boot-D8_-x1Zz.js'])).toEqual([]);
    expect(differences(list, ['package.json', 'dist/boot-D8_-x1Zz.js', 'dist/boot-.js', 'dist/boot-a/b.js'])).toEqual([
      'dist/boot-.js ships and is not on the list',
      'dist/boot-a/b.js ships and is not on the list',
    ]);
  });

  it('reports what is missing', () => {
    expect(differences(list, ['package.json'])).toEqual(['dist/boot-*.js is on the list and does not ship']);
  });
});
