/**
 * `hash-once.ts ALGORITHMS PATH…` hashes and prints one line of JSON: `{"results": …}` by name, or `{"refused": CODE}`
 * when the engine says that it could not do so.
 */
import { nameBytes } from '../../../../main/base/raw-names.ts';
import { EngineError } from '../../../../main/engine/engine.ts';
import { loadEngine } from '../../../../main/engine/native-engine.ts';
import { openBatch } from '../../../../shared/batch/reader.ts';
import type { AlgorithmName } from '../../../../shared/tables/algorithms.ts';
import { toHex } from '../../../../shared/text/hex.ts';

const [list = '', ...paths] = process.argv.slice(2);
const algorithms = list.split(',') as AlgorithmName[];

async function hash(): Promise<Record<string, string>> {
  const engine = loadEngine({ threads: 2 });
  try {
    const results: Record<string, string> = {};
    const job = engine.start({
      algorithms,
      roots: paths.map(nameBytes),
      order: 'walk',
      countAhead: false,
      feeds: 0,
      onBatch(bytes, release) {
        const batch = openBatch(bytes);
        for (let index = 0; index < batch.count; index++) {
          const digests = algorithms.map((name) => toHex(batch.digest(index, name) ?? new Uint8Array()));
          const name = batch.name(index);
          if (name in results) throw new Error(`${name} came twice`);
          results[name] = `${batch.status(index)} ${digests.join(' ')}`;
        }
        release();
      },
    });
    await job.done;
    return results;
  } finally {
    await engine.close();
  }
}

try {
  console.log(JSON.stringify({ results: await hash() }));
} catch (error) {
  // An error of the addon's own has a code; anything else is a defect.
  const code = error instanceof EngineError ? error.code : (error as NodeJS.ErrnoException).code;
  if (code === undefined) throw error;
  console.log(JSON.stringify({ refused: code }));
}
