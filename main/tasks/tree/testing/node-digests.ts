/** Digests by Node's own library, for tests that hold the tasks against an independent oracle. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { DigestFiles } from '#shared/manifests/tree.ts';

export const nodeDigests: DigestFiles = async function* (paths, algorithms) {
  for (const path of paths) {
    try {
      const bytes = await readFile(path);
      const digests = Object.fromEntries(
        algorithms.map((name) => {
          const opensslName = name === 'blake2b' ? 'blake2b512' : name;
          return [name, createHash(opensslName).update(bytes).digest('hex')];
        }),
      );
      yield { path, size: bytes.length, status: 'ok', digests };
    } catch (error) {
      const { code = 'EOTHER', message } = error as NodeJS.ErrnoException;
      yield {
        path,
        size: 0,
        status: code === 'ENOENT' ? 'missing' : 'unreadable',
        error: { code, message },
        digests: {},
      };
    }
  }
};
