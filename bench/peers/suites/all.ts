/** Every suite, and how they are asked for. */
import { largeFileSuites } from './large-file.ts';
import { mediumFilesSuites } from './medium-files.ts';
import { mixedTreeSuites } from './mixed-tree.ts';
import { millionFilesSuites, smallFilesSuites } from './small-files.ts';
import type { Sizes, Suite } from './suite.ts';

export function suites(sizes: Sizes): Suite[] {
  return [largeFileSuites, mediumFilesSuites, smallFilesSuites, mixedTreeSuites, millionFilesSuites].flatMap((make) =>
    make(sizes),
  );
}

/** Those that `names` ask for, by group or whole name; without names all but those that are opt-in. Throws RangeError. */
export function chosen(all: readonly Suite[], names: readonly string[], optIn: boolean): Suite[] {
  const unknown = names.filter((name) => !all.some((suite) => isCalled(suite, name)));
  if (unknown.length > 0) throw new RangeError(`No such suite: ${unknown.join(', ')}. --list names them.`);
  if (names.length > 0) return all.filter((suite) => names.some((name) => isCalled(suite, name)));
  return all.filter((suite) => optIn || !suite.optIn);
}

const isCalled = (suite: Suite, name: string): boolean => suite.name === name || suite.name.split('/')[0] === name;
