/** Finds out which waiting files are checksum files, by their names and by how they begin. */
import { access, open } from 'node:fs/promises';
import path from 'node:path';
import type { Recognised } from '#shared/checksums/model.ts';
import { createManifestReader } from '#shared/checksums/read.ts';
import type { Inspection, ManifestInspection } from '#shared/contract/sources.ts';
import { type AlgorithmName, algorithmNames } from '#shared/tables/algorithms.ts';
import { isListName } from '#shared/verify/list-name.ts';
import { nameOfSingle } from '#shared/verify/single.ts';
import { nameBytes, nameText, shownName } from '../../base/raw-names.ts';
import type { GrantedPath, TaskInput } from '../../tasks/inputs.ts';

const chunkBytes = 1 << 18;
/** Entries of a longer file are counted up to here: an answer must not take long. */
const maxRead = 32 << 20;
/** What has another name is a checksum file only if it looks like one here, and is no longer than this. */
const sniffedBytes = 1 << 16;
const maxUnnamed = 256 << 20;
/** Files looked into at once. */
const parallel = 8;

const besides = [
  ['.minisig', 'minisign'],
  ['.sig', 'other'],
  ['.asc', 'pgp'],
  ['.gpg', 'pgp'],
] as const;

/** In the order of `inputs`. Never rejects: what cannot be read is no checksum file. */
export async function inspectSources(inputs: readonly TaskInput[]): Promise<Inspection[]> {
  const found: Inspection[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < inputs.length; at = next++) {
      const input = inputs[at]!;
      const isFile = input.kind === 'path' && input.source.kind === 'file' && input.source.size !== null;
      found[at] = { id: input.source.id, manifest: isFile ? await inspectFile(input).catch(() => null) : null };
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, inputs.length) }, worker));
  return found;
}

async function inspectFile(input: GrantedPath): Promise<ManifestInspection | null> {
  const fileName = nameText(input.path.subarray(input.path.lastIndexOf(0x2f) + 1));
  const leaf = path.basename(fileName);
  const isNamed = isListName(leaf);
  const size = input.source.size!;
  if (size === 0 || (!isNamed && size > maxUnnamed)) return null;
  const counted = await countEntries(input.path, leaf, isNamed);
  if (counted === null) return null;
  const { recognised, algorithms, entries, malformed, isWhole } = counted;
  return {
    explanation: recognised.explanation,
    dialect: recognised.dialect,
    algorithms: algorithmNames.filter((name) => algorithms.has(name)),
    entries,
    malformed,
    isWhole,
    root: shownName(nameBytes(path.dirname(nameText(input.path)))),
    signature: await signatureOf(input.path, recognised),
  };
}

interface Counted {
  readonly recognised: Recognised;
  readonly algorithms: ReadonlySet<AlgorithmName>;
  readonly entries: number;
  readonly malformed: number;
  readonly isWhole: boolean;
}

/** Null for what is no checksum file. */
async function countEntries(file: Uint8Array, fileName: string, isNamed: boolean): Promise<Counted | null> {
  const reader = createManifestReader({ fileName });
  const algorithms = new Set<AlgorithmName>();
  const single = nameOfSingle(nameBytes(fileName));
  let [entries, malformed, read] = [0, 0, 0];
  const take = (items: ReturnType<typeof reader.push>): void => {
    for (const item of items) {
      if (item.kind === 'malformed') malformed++;
      if (item.kind !== 'entry') continue;
      if (item.name.length === 0 && single === null) {
        malformed++;
        continue;
      }
      entries++;
      for (const { algorithm } of item.digests) algorithms.add(algorithm);
    }
  };
  const handle = await open(Buffer.from(file), 'r');
  try {
    // A pipe or a device would be read for good.
    if (!(await handle.stat()).isFile()) return null;
    const room = new Uint8Array(chunkBytes);
    for (;;) {
      const { bytesRead } = await handle.read(room, 0, read === 0 ? sniffedBytes : chunkBytes, read);
      if (bytesRead === 0) break;
      const chunk = room.slice(0, bytesRead);
      if (!isNamed && read === 0 && !mayBeList(chunk)) return null;
      read += bytesRead;
      take(reader.push(chunk));
      if (!isNamed && entries + malformed > 0 && malformed * 10 > entries) return null;
      if (read >= maxRead) return result(false);
    }
  } finally {
    await handle.close();
  }
  take(reader.end());
  return result(true);

  function result(isWhole: boolean): Counted | null {
    if (entries === 0 || (!isNamed && malformed * 10 > entries)) return null;
    return { recognised: reader.recognised!, algorithms, entries, malformed, isWhole };
  }
}

/** Whether a file of any name may be a list: a program's own data mostly has bytes that no text has. */
function mayBeList(start: Uint8Array): boolean {
  const isWide = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);
  return isWide || !start.includes(0);
}

async function signatureOf(file: Uint8Array, { envelope }: Recognised): Promise<ManifestInspection['signature']> {
  if (envelope === 'pgp-clearsigned') return 'pgp';
  if (envelope === 'signify') return 'signify';
  for (const [extension, kind] of besides) {
    const beside = Buffer.concat([file, Buffer.from(extension)]);
    const exists = await access(beside).then(
      () => true,
      () => false,
    );
    if (exists) return kind;
  }
  return 'none';
}
