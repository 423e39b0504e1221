/** One set-up at a time in a checkout: a second one waits, and then finds everything done. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fromRoot } from './paths.mjs';

const file = fromRoot('build', 'setup.lock');

function isHeld() {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return true;
  } catch (error) {
    // EPERM: the process lives and belongs to somebody else.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

function take() {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    return false;
  }
}

/**
 * @template Result
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withLock(work) {
  mkdirSync(fromRoot('build'), { recursive: true });
  for (let announced = false; !take(); ) {
    if (!isHeld()) {
      // Left behind by a set-up that was killed.
      rmSync(file, { force: true });
      continue;
    }
    if (!announced) process.stderr.write('Another set-up is at work in this checkout; waiting for it …\n');
    announced = true;
    await wait(250);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
