import { describe, expect, test } from 'vitest';
import { algorithmNames, algorithms } from '#shared/tables/algorithms.ts';
import { families, findAlgorithms, onlyOne } from './find.ts';
import { presetNames, presets } from './presets.ts';

const namesFor = (text: string): string[] =>
  [...findAlgorithms(text, (family) => family).values()].flat().map((row) => row.name);

test('every algorithm has its place in a family that is shown', () => {
  expect(namesFor('').toSorted()).toEqual([...algorithmNames].toSorted());
  expect(new Set(algorithms.map((row) => row.family))).toEqual(new Set(families));
});

describe('a search', () => {
  test.each([
    ['md5', ['md5']],
    ['SHA 256', ['sha256', 'sha512-256', 'sha3-256', 'git-blob-sha256']],
    ['sha3 512', ['sha3-512']],
    ['sha512/256', ['sha512-256']],
    ['  Tiger ', ['tiger']],
    ['rmd', ['ripemd160']],
    ['gost 94', ['gost94', 'gost94-cryptopro']],
    ['national 512', ['gost12-512']],
    ['nothing like it', []],
  ])('for %j finds %j', (text, names) => {
    expect(namesFor(text)).toEqual(names);
  });

  test('that leaves one algorithm knows which', () => {
    expect(onlyOne(findAlgorithms('whirl', String))).toBe('whirlpool');
    expect(onlyOne(findAlgorithms('sha', String))).toBeUndefined();
    expect(onlyOne(findAlgorithms('nothing like it', String))).toBeUndefined();
  });
});

test('no preset names an algorithm twice', () => {
  for (const name of presetNames) expect(new Set(presets[name]).size).toBe(presets[name].length);
});
