/** Whether one path lies below another, by their bytes alone: names need not be text. */
import path from 'node:path';

const slash = 0x2f;
const systemSeparator = path.sep.charCodeAt(0);

/** Whether the byte stands between the names of a path. */
export function isSeparator(byte: number | undefined): boolean {
  return byte === slash || byte === systemSeparator;
}

/** Whether `name` is `root` or lies below it. Both are absolute, or relative to the same, and without `..`. */
export function isWithin(name: Uint8Array, root: Uint8Array): boolean {
  if (name.length < root.length || Buffer.compare(name.subarray(0, root.length), root) !== 0) return false;
  return name.length === root.length || isSeparator(root.at(-1)) || isSeparator(name[root.length]);
}

/** The same for text, both made absolute first. */
export function isPathWithin(name: string, root: string): boolean {
  const relative = path.relative(root, name);
  return relative === '' || !(relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative));
}
