/**
 * Frees what is garbage now. Batches are memory outside of JavaScript's heap, which V8 frees when its own threads get to it:
 * on a machine that is busy with other things a merge grew to twice what it uses.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

export function freeMemory(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}
