import { expect, it } from 'vitest';
import { dropWords } from './drop-words.ts';

it('a drop says how many things are added, and what could become of them', () => {
  expect(dropWords(1, ['SHA-256'], false)).toEqual({
    title: 'Drop to add 1 item',
    hint: 'Files are hashed; a checksum file can be verified.',
  });
  expect(dropWords(2, ['SHA-256'], false).hint).toBe('Two folders can be hashed or compared.');
  expect(dropWords(40, ['SHA-256'], false).title).toBe('Drop to add 40 items');
});

it('a drop that starts by itself says what is computed', () => {
  expect(dropWords(40, ['MD5', 'SHA-256'], true).title).toBe('Drop to hash 40 items (MD5, SHA-256)');
  expect(dropWords(1, ['A', 'B', 'C', 'D'], true).title).toBe('Drop to hash 1 item (A, B, C, …)');
});

it('a drop of which the platform says nothing can still be made', () => {
  expect(dropWords(0, [], true).title).toBe('Drop to add');
});
