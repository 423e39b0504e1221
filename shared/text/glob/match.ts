/**
 * The engine's shell patterns (native/io/glob.h), for what the engine does not list itself: `*` and `?` stay within a
 * segment, `**` spans segments, `[a-z]` and `[!a-z]` are sets of characters, with POSIX's classes of ASCII, `\` takes
 * the next character as it is. Both sides run the vectors of native/tests/io/glob_vectors.inc.
 */

type Characters = readonly string[];

/** The classes of POSIX, of ASCII characters: names mean the same whatever the locale. */
const classes: Readonly<Record<string, RegExp>> = {
  alpha: /^[A-Za-z]$/,
  digit: /^[0-9]$/,
  alnum: /^[A-Za-z0-9]$/,
  upper: /^[A-Z]$/,
  lower: /^[a-z]$/,
  xdigit: /^[0-9A-Fa-f]$/,
  space: /^[ \t-\r]$/,
  blank: /^[ \t]$/,
  punct: /^[!-/:-@[-`{-~]$/,
  graph: /^[!-~]$/,
  print: /^[ -~]$/,
  cntrl: /^[\0-\x1f\x7f]$/,
};

export const classNames: readonly string[] = Object.keys(classes);

/** Whether the whole of `text` fits `pattern`. Never exponential: only the latest `*` and `**` are gone back to. */
export function globMatches(pattern: string, text: string): boolean {
  return charactersMatch([...pattern], [...text]);
}

/** What one element of a pattern came to: whether it fits the character, and the index behind it. */
interface Step {
  readonly fits: boolean;
  readonly behind: number;
}

/** The class at pattern[at], `[:digit:]`, and the index behind it; undefined for none. */
export function classAt(
  pattern: Characters,
  at: number,
): { readonly name: string; readonly behind: number } | undefined {
  if (pattern[at] !== '[' || pattern[at + 1] !== ':') return undefined;
  for (let end = at + 2; end + 1 < pattern.length; end++) {
    if (pattern[end] === ':' && pattern[end + 1] === ']') {
      return { name: pattern.slice(at + 2, end).join(''), behind: end + 2 };
    }
  }
  return undefined;
}

const code = (character: string): number => character.codePointAt(0)!;

/** The set at pattern[at] against one character; null when it is not closed: the bracket then stands for itself. */
function matchSet(pattern: Characters, at: number, character: string): Step | null {
  let next = at + 1;
  const negated = pattern[next] === '!' || pattern[next] === '^';
  if (negated) next++;
  const take = (): number => {
    if (pattern[next] === '\\' && next + 1 < pattern.length) next++;
    return code(pattern[next++]!);
  };
  const value = code(character);
  let found = false;
  for (let first = true; next < pattern.length; first = false) {
    if (pattern[next] === ']' && !first) return { fits: character !== '/' && found !== negated, behind: next + 1 };
    const named = classAt(pattern, next);
    if (named !== undefined) {
      found ||= classes[named.name]?.test(character) ?? false;
      next = named.behind;
      continue;
    }
    const low = take();
    let high = low;
    if (next + 1 < pattern.length && pattern[next] === '-' && pattern[next + 1] !== ']') {
      next++;
      high = take();
    }
    found ||= low <= value && value <= high;
  }
  return null;
}

/** Matches one element other than `*` against one character. */
function matchOne(pattern: Characters, at: number, character: string): Step {
  let literal = at;
  if (pattern[at] === '?') return { fits: character !== '/', behind: at + 1 };
  if (pattern[at] === '[') {
    const step = matchSet(pattern, at, character);
    if (step !== null) return step;
  }
  if (pattern[at] === '\\' && at + 1 < pattern.length) literal++;
  return { fits: pattern[literal] === character, behind: literal + 1 };
}

function charactersMatch(pattern: Characters, text: Characters): boolean {
  let at = 0;
  let here = 0;
  // Where to go back to: the last `*` within its segment, and the last `**` across segments. -1: none.
  let starPattern = -1;
  let starText = 0;
  let deepPattern = -1;
  let deepText = 0;
  for (;;) {
    if (pattern[at] === '*') {
      if (pattern[at + 1] === '*') {
        while (pattern[at] === '*') at++;
        // `**/` also stands for no folder at all.
        if (pattern[at] === '/') at++;
        deepPattern = at;
        deepText = here;
        starPattern = -1;
      } else {
        starPattern = ++at;
        starText = here;
      }
      continue;
    }
    if (here === text.length && at === pattern.length) return true;
    if (here < text.length && at < pattern.length) {
      const { fits, behind } = matchOne(pattern, at, text[here]!);
      if (fits) {
        at = behind;
        here++;
        continue;
      }
    }
    if (starPattern !== -1 && starText < text.length && text[starText] !== '/') {
      at = starPattern;
      here = ++starText;
    } else if (deepPattern !== -1 && deepText < text.length) {
      starPattern = -1;
      at = deepPattern;
      here = ++deepText;
      // A pattern that goes on behind `**/` begins at a segment.
      if (deepPattern > 0 && pattern[deepPattern - 1] === '/') {
        const next = text.indexOf('/', deepText - 1);
        if (next === -1) return false;
        here = deepText = next + 1;
      }
    } else {
      return false;
    }
  }
}
