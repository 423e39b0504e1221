import path from 'node:path';

/** The whole path of what `name` calls in the current folder, as bytes. */
export function absolutePath(name: Uint8Array, folder = process.cwd()): Uint8Array {
  // One byte, one character: a path can be put together as text without a byte being lost.
  const text = Buffer.from(name).toString('latin1');
  return Buffer.from(path.resolve(Buffer.from(folder).toString('latin1'), text), 'latin1');
}
