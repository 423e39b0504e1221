/**
 * Turns what a page passed over the bridge into plain data of the preload's own world. Nothing here
 * uses a method, iterator or getter of the value: a page could have put its own in place, and would
 * then decide what the preload grants. Elements are read by index from genuine arrays only.
 */

/** A new array with the elements of `value`. Throws TypeError for anything but an array of at most `max` elements. */
export function plainArray(value: unknown, max: number): unknown[] {
  if (!Array.isArray(value)) throw new TypeError('Expected a list.');
  const { length } = value;
  if (length > max) throw new TypeError(`Expected at most ${max} elements.`);
  const plain: unknown[] = [];
  for (let index = 0; index < length; index++) plain[index] = value[index];
  return plain;
}

/** The strings of `value`. Throws TypeError for anything but an array of at most `max` strings. */
export function plainStrings(value: unknown, max: number): string[] {
  const plain = plainArray(value, max);
  const strings: string[] = [];
  for (let index = 0; index < plain.length; index++) {
    const element = plain[index];
    if (typeof element !== 'string') throw new TypeError('Expected a list of strings.');
    strings[index] = element;
  }
  return strings;
}

/** `value` as a function, or null. Throws TypeError for anything else. */
export function plainListener<Listener>(value: Listener | null): Listener | null {
  if (value !== null && typeof value !== 'function') throw new TypeError('Expected a function or null.');
  return value;
}
