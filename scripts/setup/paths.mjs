/** Where things stand in the checkout, and which programs build them. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** @param {string[]} segments */
export const fromRoot = (...segments) => path.join(root, ...segments);

export const onWindows = process.platform === 'win32';

/**
 * The Node that tools run on: the project's own, which knows TypeScript, once it is installed;
 * until then the one that runs this.
 */
export function projectNode() {
  const own = fromRoot('node_modules', 'node', 'bin', onWindows ? 'node.exe' : 'node');
  return existsSync(own) ? own : process.execPath;
}

/**
 * The first program called `name` on the PATH outside this checkout (npm puts its own
 * `node_modules/.bin` first), or undefined.
 * @param {string} name
 */
export function findProgram(name) {
  const endings = onWindows ? ['.exe', '.cmd', '.bat'] : [''];
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    if (!folder || folder.split(path.sep).includes('node_modules')) continue;
    for (const ending of endings) {
      const program = path.join(folder, name + ending);
      if (existsSync(program)) return program;
    }
  }
  return undefined;
}
