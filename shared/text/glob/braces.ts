/** `{a,b}` in patterns, as the engine expands it (native/io/path_filter.h). */
import { classAt } from './match.ts';

/** A pattern that stands for more is taken as it is, and refused where a person gave it. */
export const maxExpansions = 1000;

/** The index behind the element at `at`: a set, an escaped character, or one character. */
export function behindElement(pattern: readonly string[], at: number): number {
  if (pattern[at] === '\\') return Math.min(at + 2, pattern.length);
  return pattern[at] === '[' ? (behindSet(pattern, at) ?? at + 1) : at + 1;
}

/** Undefined for a set that is not closed. */
export function behindSet(pattern: readonly string[], at: number): number | undefined {
  let next = at + 1;
  if (pattern[next] === '!' || pattern[next] === '^') next++;
  for (let first = true; next < pattern.length; first = false) {
    if (pattern[next] === ']' && !first) return next + 1;
    next = classAt(pattern, next)?.behind ?? next + (pattern[next] === '\\' ? 2 : 1);
  }
  return undefined;
}

/** The first group with a comma: the indices of `{`, of each `,` and of `}`; empty for none. */
function firstGroup(pattern: readonly string[]): readonly number[] {
  for (let open = 0; open < pattern.length; open = behindElement(pattern, open)) {
    if (pattern[open] !== '{') continue;
    const marks = groupAt(pattern, open);
    if (marks !== undefined && marks.length > 2) return marks;
  }
  return [];
}

/** Undefined for a group that is not closed. */
export function groupAt(pattern: readonly string[], open: number): readonly number[] | undefined {
  const marks = [open];
  let depth = 1;
  for (let at = open + 1; at < pattern.length; at = behindElement(pattern, at)) {
    if (pattern[at] === '{') depth++;
    if (pattern[at] === ',' && depth === 1) marks.push(at);
    if (pattern[at] === '}' && --depth === 0) return [...marks, at];
  }
  return undefined;
}

/** The patterns that one with braces stands for, in their order; undefined when there are too many. */
export function expandBraces(pattern: string): readonly string[] | undefined {
  const done: string[] = [];
  const open: (readonly string[])[] = [[...pattern]];
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    const marks = firstGroup(text);
    if (marks.length === 0) done.push(text.join(''));
    const before = text.slice(0, marks[0]);
    // The last alternative first, so that the first one comes first from the stack.
    for (let index = marks.length - 1; index > 0; index--) {
      const alternative = text.slice(marks[index - 1]! + 1, marks[index]);
      open.push([...before, ...alternative, ...text.slice(marks.at(-1)! + 1)]);
    }
    if (done.length + open.length > maxExpansions) return undefined;
  }
  return done;
}
