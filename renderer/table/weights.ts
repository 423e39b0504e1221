/**
 * How characters sort among each other, as the collation of the language has it, without case and accents: taken once
 * from `Intl.Collator` for alphabets, so that a million names are sorted by comparing numbers. Scripts beyond the
 * tables sort behind the alphabets, by their code points.
 */

/** Code points below are in the tables. */
export const tabled = 0x2000;

export interface Weights {
  /** The first number of a code point; 0: it counts for nothing, such as a combining accent. */
  readonly lead: Uint8Array;
  /** The second number; 0: there is none. */
  readonly sub: Uint16Array;
}

/** A folder's end sorts before anything else, so that its files stand together. */
const separatorLead = 1;
const controlLead = 2;
const firstLead = 4;
/** Of everything beyond the tables. */
export const farLead = 0xfe;

let made: Weights | undefined;

export function weights(): Weights {
  made ??= make();
  return made;
}

function make(): Weights {
  const { compare } = new Intl.Collator(undefined, { sensitivity: 'base' });
  const lead = new Uint8Array(tabled).fill(farLead);
  const sub = Uint16Array.from({ length: tabled }, (_, point) => point);
  lead.fill(controlLead, 0, 0xa0);
  sub.fill(0, 0, 0xa0);
  // Two apart, for what stands between two characters of ASCII.
  const anchors: string[] = [];
  let next = firstLead;
  for (const character of range(0x20, 0x7f).sort(compare)) {
    const last = anchors.at(-1);
    if (last === undefined || compare(last, character) !== 0) {
      anchors.push(character);
      next += 2;
    }
    lead[character.codePointAt(0)!] = next;
  }
  lead[0x2f] = separatorLead;
  lead[0x5c] = separatorLead;
  const alphabets = [...range(0xa0, 0x700), ...range(0x1e00, tabled)].sort(compare);
  alphabets.forEach((character, place) => {
    const point = character.codePointAt(0)!;
    if (compare(character, '') === 0) {
      lead[point] = 0;
      return;
    }
    const anchor = lastBefore(anchors, character, compare);
    const isSame = anchor !== undefined && compare(anchor, character) === 0;
    lead[point] = anchor === undefined ? firstLead : lead[anchor.codePointAt(0)!]! + (isSame ? 0 : 1);
    sub[point] = isSame ? 0 : place + 1;
  });
  return { lead, sub };
}

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, at) => String.fromCodePoint(from + at));
}

/** The last of `sorted` that does not sort behind `character`. */
function lastBefore(
  sorted: readonly string[],
  character: string,
  compare: Intl.Collator['compare'],
): string | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(sorted[middle]!, character) <= 0) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1];
}
