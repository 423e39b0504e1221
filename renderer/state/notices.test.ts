import { expect, it } from 'vitest';
import type { Notice } from './app-state.ts';
import { withNotice } from './notices.ts';

let id = 0;
const done = (text: string): Notice => ({ id: ++id, kind: 'done', text, undo: null });
const undoable = (text: string): Notice => ({ ...done(text), undo: () => undefined });
const problem = (text: string): Notice => ({ ...done(text), kind: 'problem' });
const shown = (...notices: Notice[]): string[] =>
  notices.reduce<Notice[]>((list, notice) => withNotice(list, notice), []).map(({ text }) => text);

it('a message takes the place of the one before', () => {
  expect(shown(done('MD5 copied.'), done('SHA-1 copied.'))).toEqual(['SHA-1 copied.']);
});

it('problems stay, and what can still be undone does', () => {
  expect(shown(problem('broken'), undoable('removed'), done('copied'))).toEqual(['broken', 'removed', 'copied']);
  expect(shown(undoable('removed a'), undoable('removed b'))).toEqual(['removed a', 'removed b']);
});

it('there are never more than three, and what can be undone goes last', () => {
  expect(shown(problem('1'), problem('2'), problem('3'), problem('4'))).toEqual(['2', '3', '4']);
  expect(shown(undoable('1'), problem('2'), undoable('3'), problem('4'))).toEqual(['1', '3', '4']);
  expect(shown(undoable('1'), undoable('2'), undoable('3'), problem('4'))).toEqual(['2', '3', '4']);
});
