/**
 * What the person has granted and not yet started: opaque ids that stand for paths or for declared
 * uploads. The page only ever names ids, so it cannot reach a path that nobody granted.
 */
import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Source } from '#shared/contract/sources.ts';
import { limits } from '#shared/jobs/limits.ts';
import { Problem } from '../../base/problem.ts';
import type { TaskInput } from '../../tasks/inputs.ts';
import { cleanUploadEntries } from './upload-entries.ts';

/** Paths looked up at once; a slow network share must not hold every thread of the pool for long. */
const parallelLookups = 16;

/** Paths taken in before other work gets its turn. */
const slice = 500;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class SourceList {
  #waiting = new Map<string, TaskInput>();
  /** Path bytes, as latin1, to source id: what is granted twice waits once. */
  readonly #byPath = new Map<string, string>();
  /** How many there is room kept for, since they are being added. */
  #granting = 0;

  list(): Source[] {
    return Array.from(this.#waiting.values(), (granted) => granted.source);
  }

  /** The sources among `ids` that still wait. */
  pick(ids: Iterable<string>): Source[] {
    return Array.from(ids, (id) => this.#waiting.get(id)?.source).filter((source) => source !== undefined);
  }

  /** What stands behind those of `ids` that still wait. */
  inputs(ids: Iterable<string>): TaskInput[] {
    return Array.from(ids, (id) => this.#waiting.get(id)).filter((input) => input !== undefined);
  }

  /**
   * Makes sources of absolute paths, in their order. What is waiting already keeps its source.
   * Throws Problem INPUT_TOO_LARGE when the list would grow too long; nothing is added then.
   */
  async grant(paths: readonly (string | Uint8Array)[]): Promise<Source[]> {
    this.#refuseOverflow(paths.length);
    const found = await lookUpAll(await inSlices(paths, normalize));
    this.#refuseOverflow(found.length);
    this.#granting += found.length;
    return await inSlices(found, (entry) => {
      this.#granting--;
      return this.#addPath(entry);
    });
  }

  /** Throws Problem INPUT_TOO_LARGE or FORBIDDEN (a path that leaves what was dropped). */
  declareUpload(windowId: string, name: string, entries: readonly { path: string; size: number }[]): Source {
    this.#refuseOverflow(1);
    const cleaned = cleanUploadEntries(entries);
    const size = cleaned.reduce((sum, entry) => sum + entry.size, 0);
    refuseBeyondBytes(size);
    const source: Source = { id: newId(), kind: 'upload', name, path: name, size };
    this.#waiting.set(source.id, { kind: 'upload', source, windowId, entries: cleaned });
    return source;
  }

  /** Ids that wait no longer are passed over: another window may have removed them. */
  remove(ids: readonly string[]): void {
    for (const id of ids) {
      const granted = this.#waiting.get(id);
      if (granted?.kind === 'path') this.#byPath.delete(keyOf(granted.path));
      this.#waiting.delete(id);
    }
  }

  /**
   * Takes the sources out of the list. Throws Problem and takes none: NOT_FOUND (one is unknown),
   * INPUT_TOO_LARGE (uploads of more bytes than a job takes).
   */
  take(ids: readonly string[]): TaskInput[] {
    const taken = [...new Set(ids)].map((id) => {
      const granted = this.#waiting.get(id);
      if (granted === undefined) throw new Problem('NOT_FOUND', 'A source is no longer in the list. Add it again.');
      return granted;
    });
    refuseBeyondBytes(taken.reduce((sum, { kind, source }) => sum + (kind === 'upload' ? source.size! : 0), 0));
    this.remove(ids);
    return taken;
  }

  /** Puts back, at the head of the list, what a job could not be started with. */
  restore(taken: readonly TaskInput[]): void {
    this.#waiting = new Map([...taken.map((granted) => [granted.source.id, granted] as const), ...this.#waiting]);
    for (const granted of taken) {
      if (granted.kind === 'path') this.#byPath.set(keyOf(granted.path), granted.source.id);
    }
  }

  #addPath({ path: bytes, kind, size }: Found): Source {
    const present = this.#waiting.get(this.#byPath.get(keyOf(bytes)) ?? '');
    if (present !== undefined) return present.source;
    const text = decoder.decode(bytes);
    const source: Source = { id: newId(), kind, name: path.basename(text) || text, path: text, size };
    this.#waiting.set(source.id, { kind: 'path', source, path: bytes });
    this.#byPath.set(keyOf(bytes), source.id);
    return source;
  }

  #refuseOverflow(added: number): void {
    if (this.#waiting.size + this.#granting + added <= limits.sources) return;
    throw new Problem(
      'INPUT_TOO_LARGE',
      `No more than ${limits.sources} files and folders can wait at once. Add the folder that holds them instead.`,
    );
  }
}

/** Sizes are a page's word: sums of them must stay exact numbers. */
function refuseBeyondBytes(size: number): void {
  if (size <= limits.uploadBytes) return;
  throw new Problem('INPUT_TOO_LARGE', 'These uploads claim more bytes than one job can take. Add fewer files.');
}

interface Found {
  readonly path: Uint8Array;
  readonly kind: 'file' | 'folder';
  readonly size: number | null;
}

/** What `change` makes of each, with a turn for others after every slice: a drop may be of a hundred thousand. */
async function inSlices<From, To>(from: readonly From[], change: (one: From) => To): Promise<To[]> {
  const to: To[] = [];
  for (const one of from) {
    to.push(change(one));
    if (to.length % slice === 0) await nextTurn();
  }
  return to;
}

async function lookUpAll(paths: readonly Uint8Array[]): Promise<Found[]> {
  const found: Found[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < paths.length; index = next++) found[index] = await lookUp(paths[index]!);
  };
  await Promise.all(Array.from({ length: parallelLookups }, worker));
  return found;
}

/** What cannot be looked up counts as a file of unknown size: hashing it will tell what is wrong. */
async function lookUp(bytes: Uint8Array): Promise<Found> {
  try {
    const stats = await stat(Buffer.from(bytes));
    return stats.isDirectory()
      ? { path: bytes, kind: 'folder', size: null }
      : { path: bytes, kind: 'file', size: stats.size };
  } catch {
    return { path: bytes, kind: 'file', size: null };
  }
}

function normalize(given: string | Uint8Array): Uint8Array {
  const bytes = typeof given === 'string' ? Buffer.from(path.resolve(given)) : given;
  if (bytes.includes(0)) throw new Problem('NOT_FOUND', 'A path cannot contain the NUL character.');
  let end = bytes.length;
  while (end > 1 && bytes[end - 1] === 0x2f) end--;
  return bytes.subarray(0, end);
}

function keyOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

function newId(): string {
  return randomBytes(16).toString('base64url');
}
