/** The paths of the command line: what the engine walks, and what is read as a stream. */
import { nameBytes } from '../../base/raw-names.ts';
import type { World } from '../world.ts';
import { namesStandardInput, readBytes, standardStream } from './streams.ts';

export interface StreamOperand {
  /** As it stands in the results. */
  readonly name: Uint8Array;
  open(): AsyncIterable<Uint8Array>;
}

export interface Operands {
  readonly roots: readonly Uint8Array[];
  /** Standard input, once. Pipes are not looked for here: the engine, which no mount holds up, reports them. */
  readonly streams: readonly StreamOperand[];
  /** Operands that are nothing at all: an unset variable in quotation marks. */
  readonly empty: number;
}

/** `paths` in the form of `nameText`. */
export function sortOperands(paths: readonly string[], world: World): Operands {
  const roots: Uint8Array[] = [];
  const streams: StreamOperand[] = [];
  let empty = 0;
  for (const path of paths) {
    if (path === '') empty++;
    else if (path !== standardStream && !namesStandardInput(path)) roots.push(nameBytes(path));
    else if (streams.length === 0) streams.push({ name: nameBytes(path), open: () => readBytes(path, world) });
  }
  return { roots, streams, empty };
}
