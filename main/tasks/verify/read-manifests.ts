/** Manifests into columns, and what a report says of each of them. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ManifestItem, Recognised } from '#shared/checksums/model.ts';
import { createManifestReader } from '#shared/checksums/read.ts';
import { Entries } from '#shared/verify/entries.ts';
import type { SignatureReport } from '#shared/verify/report/signature-report.ts';
import { nameOfSingle } from '#shared/verify/single.ts';
import { FailedAttempt } from '../../base/failed-attempt.ts';
import { nameBytes, nameText, shownName } from '../../base/raw-names.ts';
import { EngineError } from '../../engine/engine.ts';
import { SignatureCheck } from '../signatures/check.ts';
import type { KnownKey } from '../signatures/known-key.ts';

const chunkBytes = 1 << 18;

/** A manifest as it is given: a path, or bytes that come from elsewhere, such as standard input. */
export interface ManifestSource {
  /** In the form of `nameText`; for bytes what people call it. */
  readonly name: string;
  readonly bytes?: () => AsyncIterable<Uint8Array>;
}

export interface ReadManifest {
  /** Its number in the entries. */
  readonly number: number;
  readonly shown: string;
  readonly recognised: Recognised;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** Of the bytes that were parsed. */
  readonly signature: SignatureReport;
}

/** Manifests that name files below one folder. */
export interface Read {
  /** Absolute and without links. */
  readonly root: Uint8Array;
  /** As it was given, absolute. */
  readonly spelled: Uint8Array;
  readonly entries: Entries;
  readonly manifests: ReadManifest[];
  /** The manifests' own paths, without links. */
  readonly own: Uint8Array[];
}

export interface ReadOptions {
  readonly manifests: readonly ManifestSource[];
  /** In the form of `nameText`; null: the folder of each manifest. */
  readonly root: string | null;
  /** What signatures are checked against; absent: they are not looked for. */
  readonly keys?: readonly KnownKey[];
  readonly signal?: AbortSignal;
  /** Awaited for a part after each piece of a manifest; what it rejects with comes out. */
  readonly reading?: (part: Read) => Promise<void>;
}

/**
 * One part for each root. Rejects with FailedAttempt for a manifest or a root that cannot be read: a share that is
 * offline has lost no files.
 */
export async function readManifests({ manifests, root, keys, signal, reading }: ReadOptions): Promise<Read[]> {
  const parts = new Map<string, Read>();
  for (const [at, source] of manifests.entries()) {
    const folder = root ?? (source.bytes === undefined ? path.dirname(source.name) : '.');
    const part = await partOf(parts, folder);
    part.manifests.push(await readOne(source, part, at, { keys, signal, reading }));
    if (source.bytes === undefined) part.own.push(await ownPath(source.name));
  }
  return [...parts.values()];
}

const asPath = (name: string): Buffer => Buffer.from(nameBytes(name));

async function partOf(parts: Map<string, Read>, folder: string): Promise<Read> {
  const spelled = nameBytes(path.resolve(folder));
  let real: Buffer;
  try {
    real = (await realpath(Buffer.from(spelled), 'buffer')) as Buffer;
    if (!(await stat(real)).isDirectory())
      throw Object.assign(new Error('it is no folder'), { code: 'ENOTDIR', errno: 0 });
  } catch (error) {
    throw new FailedAttempt(`cannot read the folder ${shownName(spelled)}`, error);
  }
  const key = nameText(real);
  let part = parts.get(key);
  if (part === undefined) {
    part = { root: real, spelled, entries: new Entries(process.platform === 'win32'), manifests: [], own: [] };
    parts.set(key, part);
  }
  return part;
}

async function ownPath(name: string): Promise<Uint8Array> {
  return (await realpath(asPath(name), 'buffer').catch(() => asPath(path.resolve(name)))) as Buffer;
}

async function readOne(
  source: ManifestSource,
  part: Read,
  number: number,
  { keys, signal, reading }: { [Key in 'keys' | 'signal' | 'reading']: ReadOptions[Key] | undefined },
): Promise<ReadManifest> {
  const shown = shownName(nameBytes(source.name));
  const fileName = source.bytes === undefined ? path.basename(source.name) : '';
  const reader = createManifestReader(fileName === '' ? {} : { fileName });
  const ownName = nameBytes(fileName);
  const hash = createHash('sha256');
  const signature =
    keys === undefined ? null : await SignatureCheck.begin(source.bytes === undefined ? source.name : null, keys);
  let bytes = 0;
  const take = (items: readonly ManifestItem[]): void => {
    for (const item of items) addItem(part.entries, number, item, ownName);
  };
  try {
    for await (const chunk of source.bytes?.() ?? (await openManifest(source.name))) {
      signal?.throwIfAborted();
      hash.update(chunk);
      signature?.update(chunk);
      bytes += chunk.length;
      take(reader.push(chunk));
      await reading?.(part);
    }
    take(reader.end());
  } catch (error) {
    if (signal?.aborted || error instanceof EngineError) throw error;
    throw new FailedAttempt(`cannot read the manifest ${shown}`, error);
  }
  const recognised = reader.recognised!;
  return {
    number,
    shown,
    recognised,
    sha256: hash.digest('hex'),
    bytes,
    signature: signature?.finish(recognised) ?? { status: 'none' },
  };
}

async function openManifest(name: string): Promise<AsyncIterable<Uint8Array>> {
  const file = await open(asPath(name), 'r');
  try {
    if ((await file.stat()).isDirectory()) throw Object.assign(new Error(''), { code: 'EISDIR' });
  } catch (error) {
    await file.close();
    throw error;
  }
  return createReadStream('', { fd: file, highWaterMark: chunkBytes });
}

function addItem(entries: Entries, manifest: number, item: ManifestItem, fileName: Uint8Array): void {
  if (item.kind === 'comment') return;
  if (item.kind === 'malformed') {
    const { line, name, size = null } = item;
    // A file that is listed without a digest is listed, and cannot be compared with anything.
    if (name !== undefined && name.length > 0) entries.add(manifest, { kind: 'entry', line, name, digests: [], size });
    else entries.addMalformed(manifest, item);
    return;
  }
  if (item.name.length > 0) {
    entries.add(manifest, item);
    return;
  }
  const name = nameOfSingle(fileName);
  if (name !== null) entries.add(manifest, item, name);
  else entries.addMalformed(manifest, { kind: 'malformed', line: item.line, text: fileName, reason: 'no-name' });
}
