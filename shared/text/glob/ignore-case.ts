/** A pattern that does not mind case, as one that does: every letter becomes a set of its forms. */
import { behindSet } from './braces.ts';
import { classAt } from './match.ts';

/** Longer ranges have letters of neither case for the most part; only their ASCII part is widened. */
const maxRange = 1000;

export function ignoringCase(pattern: string): string {
  const characters = [...pattern];
  let out = '';
  for (let at = 0; at < characters.length; ) {
    const end = characters[at] === '[' ? behindSet(characters, at) : undefined;
    if (end !== undefined) {
      out += setIgnoringCase(characters.slice(at, end));
      at = end;
      continue;
    }
    const isEscaped = characters[at] === '\\' && at + 1 < characters.length;
    const character = characters[isEscaped ? at + 1 : at]!;
    const forms = formsOf(character);
    out += forms.length > 1 ? `[${forms.join('')}]` : characters.slice(at, isEscaped ? at + 2 : at + 1).join('');
    at += isEscaped ? 2 : 1;
  }
  return out;
}

/** The character and its other cases, where these are single characters too. */
function formsOf(character: string): readonly string[] {
  const forms = [character, character.toLowerCase(), character.toUpperCase()];
  return [...new Set(forms.filter((form) => [...form].length === 1))];
}

/** `set` with both brackets. */
function setIgnoringCase(set: readonly string[]): string {
  const added = new Set<string>();
  const add = (character: string): void => {
    for (const form of formsOf(character).slice(1)) added.add(form);
  };
  let at = set[1] === '!' || set[1] === '^' ? 2 : 1;
  const end = set.length - 1;
  let body = '';
  while (at < end) {
    const named = classAt(set, at);
    if (named !== undefined) {
      body += `[:${named.name === 'upper' || named.name === 'lower' ? 'alpha' : named.name}:]`;
      at = named.behind;
      continue;
    }
    const start = at;
    const low = set[at] === '\\' ? at + 1 : at;
    let high = low;
    if (set[low + 1] === '-' && low + 2 < end) high = set[low + 2] === '\\' ? low + 3 : low + 2;
    const [from, to] = [set[low]!.codePointAt(0)!, set[high]!.codePointAt(0)!];
    for (let value = from; value <= Math.min(to, from + maxRange); value++) add(String.fromCodePoint(value));
    at = high + 1;
    body += set.slice(start, at).join('');
  }
  return `${set.slice(0, set[1] === '!' || set[1] === '^' ? 2 : 1).join('')}${body}${[...added].join('')}]`;
}
