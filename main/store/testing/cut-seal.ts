/** Makes a journal look as if its process had ended before the job had. */
import { readFileSync, truncateSync } from 'node:fs';

/** Cuts off the last note, which is the seal. */
export function cutSeal(file: string): void {
  const bytes = readFileSync(file);
  truncateSync(file, bytes.length - bytes.readUInt32LE(bytes.length - 4));
}
