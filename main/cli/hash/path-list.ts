import { createReadStream } from 'node:fs';
import { nameBytes, shownName } from '../../base/raw-names.ts';
import { splitBytes } from '../../base/split-bytes.ts';
import { FailedAttempt, UsageError } from '../errors.ts';
import type { World } from '../world.ts';

const lineFeed = 0x0a;

/**
 * The paths that a list names, as bytes: one a line, or ended by NUL with `nul`. Empty ones are left
 * out; nothing else is trimmed, for every byte may belong to a name. `list` is a path or `-`.
 */
export async function readPathList(list: string, nul: boolean, world: World): Promise<Uint8Array[]> {
  const source = list === '-' ? world.openInput() : createReadStream(Buffer.from(nameBytes(list)));
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of source) chunks.push(chunk);
  } catch (error) {
    throw new FailedAttempt(`cannot read the list ${shownName(nameBytes(list))}`, error);
  }
  const bytes = Buffer.concat(chunks);
  if (!nul && bytes.includes(0)) {
    throw new UsageError(
      `the list ${shownName(nameBytes(list))} holds NUL bytes: if its paths end with NUL, add --null`,
    );
  }
  return splitBytes(bytes, nul ? 0 : lineFeed).filter((path) => path.length > 0);
}
