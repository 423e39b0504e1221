/**
 * The engine's shell patterns (native/io/glob.h), for what a page lists itself: `*` and `?` stay
 * within a segment, `**` spans segments, `[a-z]` and `[!a-z]` are sets of ASCII characters, `\`
 * takes the next character as it is. Held against UTF-8 bytes as there, so that both always agree.
 */

const slash = 0x2f;
const star = 0x2a;
const questionMark = 0x3f;
const opening = 0x5b;
const closing = 0x5d;
const backslash = 0x5c;
const dash = 0x2d;
const exclamationMark = 0x21;
const caret = 0x5e;

const encoder = new TextEncoder();

/** What one element of a pattern came to: the bytes of text it took (0: no match), and the index behind it. */
interface Step {
  readonly taken: number;
  readonly behind: number;
}

/** Whether the whole of `text` fits `pattern`. Never exponential: only the latest `*` and `**` are gone back to. */
export function globMatches(pattern: string, text: string): boolean {
  return bytesMatch(encoder.encode(pattern), encoder.encode(text));
}

/** The set at pattern[at] against one byte; null when it is not closed: the bracket then stands for itself. */
function matchSet(pattern: Uint8Array, at: number, byte: number): Step | null {
  let next = at + 1;
  const negated = pattern[next] === exclamationMark || pattern[next] === caret;
  if (negated) next++;
  let found = false;
  for (let first = true; next < pattern.length; first = false) {
    if (pattern[next] === closing && !first) {
      return { taken: byte !== slash && found !== negated ? 1 : 0, behind: next + 1 };
    }
    if (pattern[next] === backslash && next + 1 < pattern.length) next++;
    const low = pattern[next++]!;
    let high = low;
    if (next + 1 < pattern.length && pattern[next] === dash && pattern[next + 1] !== closing) {
      high = pattern[next + 1]!;
      next += 2;
    }
    found ||= low <= byte && byte <= high;
  }
  return null;
}

/** Bytes of the UTF-8 character at text[here]; 1 for a byte that begins none. */
function characterLength(text: Uint8Array, here: number): number {
  let length = 1;
  if (text[here]! < 0xc0) return length;
  while (length < 4 && here + length < text.length && (text[here + length]! & 0xc0) === 0x80) length++;
  return length;
}

/** Matches one element other than `*` against text[here]. */
function matchOne(pattern: Uint8Array, at: number, text: Uint8Array, here: number): Step {
  const byte = text[here]!;
  let literal = at;
  if (pattern[at] === questionMark) {
    return { taken: byte === slash ? 0 : characterLength(text, here), behind: at + 1 };
  }
  if (pattern[at] === opening) {
    const step = matchSet(pattern, at, byte);
    if (step !== null) return step;
  }
  if (pattern[at] === backslash && at + 1 < pattern.length) literal++;
  return { taken: pattern[literal] === byte ? 1 : 0, behind: literal + 1 };
}

function bytesMatch(pattern: Uint8Array, text: Uint8Array): boolean {
  let at = 0;
  let here = 0;
  // Where to go back to: the last `*` within its segment, and the last `**` across segments. -1: none.
  let starPattern = -1;
  let starText = 0;
  let deepPattern = -1;
  let deepText = 0;
  for (;;) {
    if (pattern[at] === star) {
      if (pattern[at + 1] === star) {
        while (pattern[at] === star) at++;
        // `**/` also stands for no folder at all.
        if (pattern[at] === slash) at++;
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
      const { taken, behind } = matchOne(pattern, at, text, here);
      if (taken > 0) {
        at = behind;
        here += taken;
        continue;
      }
    }
    if (starPattern !== -1 && starText < text.length && text[starText] !== slash) {
      at = starPattern;
      here = ++starText;
    } else if (deepPattern !== -1 && deepText < text.length) {
      starPattern = -1;
      at = deepPattern;
      here = ++deepText;
      // A pattern that goes on behind `**/` begins at a segment.
      if (deepPattern > 0 && pattern[deepPattern - 1] === slash) {
        const next = text.indexOf(slash, deepText - 1);
        if (next === -1) return false;
        here = deepText = next + 1;
      }
    } else {
      return false;
    }
  }
}

export interface FilterOptions {
  readonly hidden: boolean;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

interface Pattern {
  readonly bytes: Uint8Array;
  readonly wholePath: boolean;
  readonly foldersOnly: boolean;
}

function compile(text: string): Pattern {
  const foldersOnly = text.length > 1 && text.endsWith('/');
  const core = foldersOnly ? text.slice(0, -1) : text;
  const bytes = encoder.encode(core.startsWith('/') ? core.slice(1) : core);
  return { bytes, wholePath: core.includes('/'), foldersOnly };
}

/**
 * What a walk leaves out. A pattern with a `/` (other than at its end) is held against the path
 * below the root, one without against the last segment alone.
 */
export class PathFilter {
  readonly #hidden: boolean;
  readonly #include: readonly Pattern[];
  readonly #exclude: readonly Pattern[];

  constructor({ hidden, include, exclude }: FilterOptions) {
    this.#hidden = hidden;
    this.#include = include.map(compile);
    this.#exclude = exclude.map(compile);
  }

  /** `path`: below the root, `/` between segments. */
  keepsFile(path: string): boolean {
    if (this.#excludes(path, false)) return false;
    return this.#include.length === 0 || fitsAny(this.#include, path, false);
  }

  /** False when nothing below the folder can be wanted. */
  keepsFolder(path: string): boolean {
    return !this.#excludes(path, true);
  }

  #excludes(path: string, folder: boolean): boolean {
    if (!this.#hidden && lastSegment(path).startsWith('.')) return true;
    return fitsAny(this.#exclude, path, folder);
  }
}

function fitsAny(patterns: readonly Pattern[], path: string, folder: boolean): boolean {
  if (patterns.length === 0) return false;
  const whole = encoder.encode(path);
  const name = whole.subarray(whole.lastIndexOf(slash) + 1);
  return patterns.some(
    ({ bytes, wholePath, foldersOnly }) => (folder || !foldersOnly) && bytesMatch(bytes, wholePath ? whole : name),
  );
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
