/** Makes the trees that the benchmarks hash, once, in the system's temporary folder. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A generator with a seed, so that every machine hashes the same bytes (xorshift32, Marsaglia 2003). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/**
 * `count` files in 200 folders, sizes lognormal with a median of 2 KiB, about 6 KB on average:
 * what source trees, mail and thumbnails look like. Returns the folder.
 */
export function smallFiles(count: number): string {
  const folder = path.join(os.tmpdir(), `hashlane-bench-small-${count}`);
  if (existsSync(folder)) return folder;
  const making = `${folder}.making`;
  rmSync(making, { recursive: true, force: true });
  const random = randomFrom(20_261_120);
  const content = Buffer.alloc(1 << 20);
  for (let at = 0; at < content.length; at++) content[at] = Math.floor(random() * 256);
  for (let number = 0; number < 200; number++) mkdirSync(path.join(making, String(number)), { recursive: true });
  for (let number = 0; number < count; number++) {
    // Box and Muller's transform: two uniform numbers to a normal one.
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const size = Math.min(Math.round(2048 * Math.exp(1.46 * normal)), 1 << 19);
    const start = Math.floor(random() * (content.length - size));
    writeFileSync(path.join(making, String(number % 200), `file-${number}.bin`), content.subarray(start, start + size));
  }
  renameSync(making, folder);
  return folder;
}
