/** The engine as the manifest formats see it: files in, hex digests out. */
import type { DigestFiles, FileDigests } from '#shared/manifests/tree.ts';
import { type AlgorithmName, algorithm, findAlgorithm } from '#shared/tables/algorithms.ts';
import { digestText } from '#shared/text/digest-text.ts';
import type { Engine, HashResult } from '../../engine/engine.ts';
import { EngineError } from '../../engine/engine.ts';

/** Calls under way: several of the engine's jobs, so that it never waits for the next. */
const callsAtOnce = 16_384;

function answer(path: string, result: HashResult): FileDigests {
  if (result.status !== 'ok') {
    const status = result.error === 'ENOENT' ? 'missing' : result.status === 'changed' ? 'changed' : 'unreadable';
    const error = { code: result.error, message: result.errorText || result.error || result.status };
    return { path, size: result.size, status, error, digests: {} };
  }
  const digests: Record<string, string> = {};
  for (const [name, bytes] of Object.entries(result.digests))
    digests[name] = digestText(bytes, algorithm(name as AlgorithmName).encoding);
  return { path, size: result.size, status: 'ok', digests };
}

/** Paths are absolute. The iterable throws EngineError for an algorithm that the engine does not know. */
export function engineDigests(engine: Engine, signal?: AbortSignal): DigestFiles {
  return async function* (paths, names) {
    const algorithms = names.map((name) => {
      const known = findAlgorithm(name);
      if (known === undefined) throw new EngineError('UNKNOWN_ALGORITHM', `no algorithm is called ${name}`);
      return known.name;
    });
    const options = { algorithms, priority: 'background' as const, ...(signal ? { signal } : {}) };
    for (let from = 0; from < paths.length; from += callsAtOnce) {
      const group = paths.slice(from, from + callsAtOnce);
      const results = await Promise.all(group.map((path) => engine.hash(path, options)));
      for (const [index, result] of results.entries()) yield answer(group[index]!, result);
    }
  };
}
