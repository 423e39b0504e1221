/** What is wrong with a pattern that a person gave. The engine takes such a one literally, and it would match nothing. */
import { behindElement, behindSet, expandBraces, groupAt, maxExpansions } from './braces.ts';
import { classAt, classNames } from './match.ts';

/** Completes a sentence, with the position of the character, counted from 1; undefined when nothing is wrong. */
export function patternProblem(pattern: string): string | undefined {
  const characters = [...pattern];
  if (characters.length === 0) return 'it is empty';
  for (let at = 0; at < characters.length; at = behindElement(characters, at)) {
    const problem = elementProblem(characters, at);
    if (problem !== undefined) return problem;
  }
  return expandBraces(pattern) === undefined ? `its braces stand for more than ${maxExpansions} patterns` : undefined;
}

function elementProblem(pattern: readonly string[], at: number): string | undefined {
  if (pattern[at] === '\\' && at + 1 === pattern.length) return `nothing follows the '\\' at character ${at + 1}`;
  if (pattern[at] === '{' && groupAt(pattern, at) === undefined) return `'{' at character ${at + 1} is not closed`;
  if (pattern[at] !== '[') return undefined;
  const end = behindSet(pattern, at);
  return end === undefined ? `'[' at character ${at + 1} is not closed` : setProblem(pattern, at, end - 1);
}

/** `end`: the index of the closing bracket. */
function setProblem(pattern: readonly string[], start: number, end: number): string | undefined {
  const take = (at: number): number => (pattern[at] === '\\' ? at + 1 : at);
  let at = start + 1;
  if (pattern[at] === '!' || pattern[at] === '^') at++;
  while (at < end) {
    const named = classAt(pattern, at);
    if (named !== undefined) {
      if (!classNames.includes(named.name)) return `there is no class '${named.name}' (character ${at + 1})`;
      at = named.behind;
      continue;
    }
    const low = take(at);
    at = low + 1;
    if (pattern[at] !== '-' || at + 1 >= end) continue;
    const high = take(at + 1);
    if (pattern[low]!.codePointAt(0)! > pattern[high]!.codePointAt(0)!) {
      return `the range '${pattern[low]}-${pattern[high]}' at character ${low + 1} is upside down`;
    }
    at = high + 1;
  }
  return undefined;
}
