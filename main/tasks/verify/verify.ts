/**
 * Verify: is this what it should be? The manifests are read; the folder's names are walked, and what an entry names is
 * hashed as it is met; what was not met is looked for step by step; what is missing may be elsewhere.
 */
import type { BatchView } from '#shared/batch/reader.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import type { ErrorCode } from '#shared/tables/error-codes.ts';
import { inIdOrder } from '#shared/verify/algorithm-lists.ts';
import { Column } from '#shared/verify/columns.ts';
import type { Entries } from '#shared/verify/entries.ts';
import { judge } from '#shared/verify/judge.ts';
import { differsOnWindows, windowsName } from '#shared/verify/names.ts';
import { NormalisedNames, normalisedKey } from '#shared/verify/normalised.ts';
import type { EntryNote, UnlistedPolicy } from '#shared/verify/statuses.ts';
import type { Judged } from '#shared/verify/summary.ts';
import { walkNames } from '../folder/folder-names.ts';
import { HashFolders } from '../folder/hash-folders.ts';
import { HashPaths, maxPathBytes } from '../folder/hash-paths.ts';
import { errorOf, type Found, InsideFinder } from '../folder/inside.ts';
import type { Steps } from '../pipeline/stepped-task.ts';
import { signatureExtensions } from '../signatures/beside.ts';
import { EarlyFolders, isUniform } from './early-folders.ts';
import { findMoved } from './find-moved.ts';
import { takeOtherAlgorithms } from './other-algorithms.ts';
import type { Read } from './read-manifests.ts';

/** Looked for at once, where names are not found by the walk. */
const findsAtOnce = 64;
/** Entries that are handed on together when all are judged. */
const emittedAtOnce = 10_000;

export interface VerifyOptions {
  readonly unlisted: UnlistedPolicy;
  /** Whether missing files are looked for among those that nobody lists. */
  readonly moved: boolean;
  /** Files that are part of the verification, such as its report: absolute, without links. */
  readonly own: readonly Uint8Array[];
  /** Is given each entry once, when its status is final. Awaited: that is the back-pressure. */
  readonly judged?: (entries: readonly number[]) => Promise<void>;
}

/** A part of the verification that has ended. */
export interface Verified extends Omit<Judged, 'manifests'>, Pick<Read, 'manifests' | 'root'> {
  readonly unreadable: readonly { readonly path: Uint8Array; readonly code: ErrorCode; readonly text: string }[];
}

/** Bits of a path's flags. */
const onDisk = 1;
/** An entry stands for it, under whatever spelling. */
const accounted = 2;
/** It goes to the engine by itself, or went there. */
const queued = 4;
/** Its folder went there while the manifest was being read. */
const early = 8;

/** Verifies what was read; `begun` is the verification that began while it was being read, if any. */
export async function verifyPart(
  read: Read,
  options: VerifyOptions,
  steps: Steps,
  begun?: Verification,
): Promise<Verified> {
  const first = begun ?? new Verification(read, options, steps);
  await first.run(options);
  if (!(await takeOtherAlgorithms(read, steps))) return await first.finish();
  const second = new Verification(read, options, steps, first.emitted);
  await second.run(options);
  return await second.finish();
}

export class Verification {
  readonly #read: Read;
  readonly #entries: Entries;
  #options: VerifyOptions;
  readonly #early: EarlyFolders;
  readonly #steps: Steps;
  readonly #flags = new Column(Uint8Array);
  readonly #folders: HashFolders;
  readonly #hashing: HashPaths;
  readonly #finder: InsideFinder;
  readonly #unreadable: { path: Uint8Array; code: ErrorCode; text: string }[] = [];
  #walked = false;
  /** Manifests of which something is ok. */
  readonly #trusted = new Set<number>();
  /** Judged, and not handed on. */
  #judged: number[] = [];
  /** Entries that were handed on: 1. */
  readonly emitted: Column<Uint8Array>;
  /** Sizes that the manifest says are looked at before the files are read. */
  #sized: number[] = [];

  constructor(read: Read, options: VerifyOptions, steps: Steps, emitted: Column<Uint8Array> = new Column(Uint8Array)) {
    this.emitted = emitted;
    this.#read = read;
    this.#entries = read.entries;
    this.#options = options;
    this.#steps = steps;
    this.#finder = new InsideFinder(read.root, read.spelled);
    this.#folders = new HashFolders({
      steps,
      root: read.root,
      flush: () => this.#emit(),
      record: (batch, index, start) => {
        const path = this.#entries.paths.find(batch.bytes, start, batch.nameStart(index) + batch.nameLength(index));
        // A link or a pipe has a record too; it is looked at by itself, as is a file that vanished since it was listed.
        const status = batch.status(index);
        if (path >= 0 && status !== 'skipped' && status !== 'missing') this.#judgeAll(path, batch, index);
      },
    });
    this.#early = new EarlyFolders({
      entries: this.#entries,
      root: read.root,
      finder: this.#finder,
      begin: (folder, files) => {
        for (const file of files) this.#flag(file, early | onDisk);
        return this.#queueFolders([{ path: folder, files }], []);
      },
    });
    this.#hashing = new HashPaths({
      steps,
      root: read.root,
      flush: () => this.#emit(),
      record: (path, batch, index) => this.#judgeAll(path, batch, index),
    });
  }

  /** What was read of the manifest so far goes to the engine where it can. Only where there is one manifest. */
  async begin(): Promise<void> {
    if (this.#options.unlisted !== 'ignore') await this.#early.look();
  }

  /** Judges all entries, but for what is moved. */
  async run(options: VerifyOptions): Promise<void> {
    this.#options = options;
    await this.#early.finish();
    this.#markOwn();
    if (this.#options.unlisted !== 'ignore') await this.#walk();
    await this.#findRest();
    if (!this.#walked && this.#wantsNames()) {
      await this.#hashing.finish();
      await this.#walk();
      await this.#findRest();
    }
    await this.#hashing.finish();
  }

  /** What takes all entries to be judged: what is moved, what nobody lists. */
  async finish(): Promise<Verified> {
    if (this.#options.moved) {
      const taken = await findMoved(this.#read, this.#missing(), this.#unlisted(), this.#steps);
      for (const path of taken) this.#flag(path, accounted);
    }
    await this.#emitRest();
    return {
      entries: this.#entries,
      unlisted: this.#options.unlisted === 'ignore' ? [] : this.#unlisted(),
      manifests: this.#read.manifests,
      root: this.#read.root,
      unreadable: this.#unreadable,
      unreadableFolders: this.#unreadable.length,
    };
  }

  #has(path: number, flag: number): boolean {
    return (this.#flags.at(path) & flag) !== 0;
  }

  #flag(path: number, flag: number): void {
    this.#flags.set(path, this.#flags.at(path) | flag);
  }

  /** Manifests, their signatures and the report are below the root by the nature of things. */
  #markOwn(): void {
    const { root } = this.#read;
    const prefix = root.at(-1) === 0x2f ? root.length : root.length + 1;
    for (const own of [...this.#read.own, ...this.#options.own]) {
      if (own.length <= prefix || Buffer.compare(own.subarray(0, root.length), root) !== 0) continue;
      for (const suffix of ['', ...signatureExtensions]) {
        const path = Buffer.concat([own.subarray(prefix), Buffer.from(suffix)]);
        this.#flag(this.#entries.paths.add(path), accounted);
      }
    }
  }

  /**
   * Names of the whole folder; what an entry names goes to the engine at once. Folders of which every file is listed go
   * there as a whole.
   */
  async #walk(): Promise<void> {
    this.#walked = true;
    const entries = this.#entries;
    const folders: { path: Uint8Array; files: number[] }[] = [];
    let ready: number[] = [];
    await walkNames(
      this.#read.root,
      {
        known: (folder) => this.#early.foldersIn(folder),
        folder: (folder) => {
          const listed: number[] = [];
          const takeSingly = (): void => {
            for (const each of listed) ready.push(each);
          };
          return {
            file: (name, length) => {
              const path = entries.paths.add(name, 0, length);
              this.#flag(path, onDisk);
              if (entries.isListed(path) && !this.#has(path, early)) listed.push(path);
            },
            restart: () => listed.splice(0),
            end: (files) => {
              if (files === listed.length && isUniform(entries, listed)) folders.push({ path: folder, files: listed });
              else takeSingly();
            },
            unreadable: (code) => {
              this.#unreadable.push({ path: folder, ...errorOf(code, new Error(code)) });
              takeSingly();
            },
          };
        },
        pause: () => {
          if (folders.length === 0 && ready.length < 1024) return undefined;
          const paths = ready;
          ready = [];
          return this.#queueFolders(folders.splice(0), paths);
        },
      },
      this.#steps.signal,
    );
    await this.#steps.checkpoint();
    await this.#queueFolders(folders, ready);
    await this.#folders.finish();
  }

  async #queueFolders(
    folders: readonly { path: Uint8Array; files: readonly number[] }[],
    paths: readonly number[],
  ): Promise<void> {
    for (const { path, files } of folders) {
      for (const file of files) this.#flag(file, accounted);
      await this.#folders.add(path, files.length, this.#entries.algorithms(this.#entries.first(files[0]!)));
    }
    await this.#queueAll(paths);
  }

  async #queueAll(paths: readonly number[]): Promise<void> {
    for (const path of paths) {
      const waiting = this.#queue(path, path);
      if (waiting !== undefined) await waiting;
    }
  }

  /** Has the entries of `path` judged by the file at `target`. Await what it gives, if anything. */
  #queue(path: number, target: number): Promise<void> | undefined {
    if (this.#has(path, queued)) return undefined;
    this.#flag(path, queued | accounted);
    this.#flag(target, accounted);
    if (!this.#isSized(path)) return this.#hash(path, target);
    this.#sized.push(path, target);
    return this.#sized.length < findsAtOnce * 2 ? undefined : this.#queueSized();
  }

  #hash(path: number, target: number): Promise<void> | undefined {
    const bytes = this.#entries.paths.bytes(target);
    if (bytes.length + this.#read.root.length + 1 > maxPathBytes) {
      for (const entry of this.#entries.of(path)) this.#entries.settleError(entry, 'ENAMETOOLONG');
      return undefined;
    }
    const wanted = this.#algorithmsOf(path);
    return wanted.length === 0 ? undefined : this.#hashing.add(path, bytes, wanted);
  }

  #isSized(path: number): boolean {
    const entries = this.#entries;
    if (!entries.hasSizes) return false;
    for (let entry = entries.first(path); entry >= 0; entry = entries.next(entry)) {
      if (entries.size(entry) >= 0) return true;
    }
    return false;
  }

  /** A file of another size is changed, and need not be read for that. */
  async #queueSized(): Promise<void> {
    const sized = this.#sized;
    this.#sized = [];
    for (let from = 0; from < sized.length; from += findsAtOnce * 2) {
      const pairs = pairsOf(sized.slice(from, from + findsAtOnce * 2));
      const found = await Promise.all(pairs.map(([, target]) => this.#finder.find(this.#entries.paths.bytes(target))));
      for (const [at, [path, target]] of pairs.entries()) {
        const file = found[at]!;
        if (file.kind !== 'file') {
          this.#settleUnfound(path, file);
          continue;
        }
        for (const entry of this.#entries.of(path)) {
          const size = this.#entries.size(entry);
          if (this.#entries.isPending(entry) && size >= 0 && size !== file.size) {
            this.#entries.settle(entry, 'changed', 'size');
          }
        }
        await this.#hash(path, target);
      }
    }
  }

  /** What the pending entries of a path need, in the order of their ids; empty when there are none. */
  #algorithmsOf(path: number): readonly AlgorithmName[] {
    const entries = this.#entries;
    let wanted: readonly AlgorithmName[] = [];
    let several: Set<AlgorithmName> | undefined;
    for (let entry = entries.first(path); entry >= 0; entry = entries.next(entry)) {
      if (!entries.isPending(entry)) continue;
      const names = entries.algorithms(entry);
      if (several !== undefined) for (const name of names) several.add(name);
      else if (wanted.length === 0) wanted = names;
      else if (names !== wanted) several = new Set([...wanted, ...names]);
    }
    return inIdOrder(several ?? wanted);
  }

  #judgeAll(path: number, batch: BatchView, index: number): void {
    const entries = this.#entries;
    for (let entry = entries.first(path); entry >= 0; entry = entries.next(entry)) {
      if (!entries.isPending(entry) || !isComputed(entries.algorithms(entry), batch, index)) continue;
      judge(entries, entry, batch, index);
      // What is missing may turn out to be moved; what is changed, to be of another algorithm until anything is ok.
      const status = entries.status(entry);
      if (status === 'ok') this.#trusted.add(entries.manifest(entry));
      const isFinal = status !== 'missing' && (status !== 'changed' || this.#trusted.has(entries.manifest(entry)));
      if (this.#options.judged !== undefined && isFinal) this.#judged.push(entry);
    }
  }

  /** Hands on what was judged since the last time. */
  async #emit(): Promise<void> {
    if (this.#judged.length === 0) return;
    const entries = this.#judged;
    this.#judged = [];
    for (const entry of entries) this.emitted.set(entry, 1);
    await this.#options.judged!(entries);
  }

  async #emitRest(): Promise<void> {
    if (this.#options.judged === undefined) return;
    await this.#emit();
    for (let entry = 0; entry < this.#entries.count; entry++) {
      if (this.emitted.at(entry) === 0) this.#judged.push(entry);
      if (this.#judged.length >= emittedAtOnce) await this.#emit();
    }
    await this.#emit();
  }

  #hasPending(path: number): boolean {
    return this.#entries.of(path).some((entry) => this.#entries.isPending(entry));
  }

  /** What the walk did not meet, or all there is without a walk. */
  async #findRest(): Promise<void> {
    const { paths } = this.#entries;
    const rest: number[] = [];
    for (let path = 0; path < paths.count; path++) {
      if (this.#entries.isListed(path) && !this.#has(path, queued) && this.#hasPending(path)) rest.push(path);
    }
    const names = this.#walked ? this.#freeNames(rest) : null;
    for (let from = 0; from < rest.length; from += findsAtOnce) {
      await this.#steps.checkpoint();
      const group = rest.slice(from, from + findsAtOnce);
      const found = await Promise.all(group.map((path) => this.#finder.find(paths.bytes(path))));
      for (const [at, path] of group.entries()) await this.#takeFound(path, found[at]!, names);
    }
    await this.#queueSized();
  }

  async #takeFound(path: number, found: Found, names: NormalisedNames | null): Promise<void> {
    if (found.kind === 'file') {
      const target = this.#entries.paths.add(found.path);
      if (found.linked) this.#noteAll(path, 'link');
      await this.#queue(path, target);
      return;
    }
    if (found.kind === 'missing' && (await this.#findOtherwise(path, names))) return;
    // Without the names of the folder it is not known whether the name is there in another form.
    if (found.kind === 'missing' && !this.#walked && normalisedKey(this.#entries.paths.bytes(path)) !== null) return;
    this.#settleUnfound(path, found);
  }

  /** By the rules of Windows, or in another normalisation. */
  async #findOtherwise(path: number, names: NormalisedNames | null): Promise<boolean> {
    const { paths } = this.#entries;
    const bytes = paths.bytes(path);
    let key = bytes;
    if (differsOnWindows(bytes)) {
      const turned = windowsName(bytes);
      if (turned.kind !== 'inside') {
        for (const entry of this.#entries.of(path)) this.#entries.settle(entry, 'outside-root', 'name-outside');
        return true;
      }
      key = turned.key;
      const found = await this.#finder.find(key);
      if (found.kind !== 'missing') {
        this.#noteAll(path, 'backslash');
        if (found.kind === 'file') await this.#queue(path, paths.add(found.path));
        else this.#settleUnfound(path, found);
        return true;
      }
    }
    const target = names?.take(key) ?? -1;
    if (target < 0) return false;
    this.#noteAll(path, 'normalised');
    await this.#queue(path, target);
    return true;
  }

  /** Names beyond ASCII that no entry has; null when no entry could want one. */
  #freeNames(rest: readonly number[]): NormalisedNames | null {
    const { paths } = this.#entries;
    if (!rest.some((path) => normalisedKey(paths.bytes(path)) !== null)) return null;
    const names = new NormalisedNames();
    for (let path = 0; path < paths.count; path++) {
      if (this.#has(path, onDisk) && !this.#has(path, accounted)) names.add(paths.bytes(path), path);
    }
    return names;
  }

  #noteAll(path: number, note: EntryNote): void {
    for (const entry of this.#entries.of(path)) this.#entries.note(entry, note);
  }

  #settleUnfound(path: number, found: Exclude<Found, { kind: 'file' }>): void {
    for (const entry of this.#entries.of(path)) {
      if (!this.#entries.isPending(entry)) continue;
      if (found.kind === 'missing') this.#entries.settle(entry, 'missing');
      else if (found.kind === 'outside') this.#entries.settle(entry, 'outside-root', 'link-outside');
      else this.#entries.settleError(entry, found.code, found.text);
    }
  }

  /** Whether what is missing could be found if the folder's names were known. */
  #wantsNames(): boolean {
    for (let entry = 0; entry < this.#entries.count; entry++) {
      if (this.#entries.isPending(entry) && !this.#has(this.#entries.path(entry), queued)) return true;
    }
    return this.#options.moved && this.#missing().length > 0;
  }

  #missing(): number[] {
    const missing: number[] = [];
    for (let entry = 0; entry < this.#entries.count; entry++) {
      if (
        !this.#entries.isPending(entry) &&
        this.#entries.status(entry) === 'missing' &&
        this.#entries.path(entry) >= 0
      ) {
        missing.push(entry);
      }
    }
    return missing;
  }

  #unlisted(): number[] {
    const { paths } = this.#entries;
    const unlisted: number[] = [];
    for (let path = 0; path < paths.count; path++) {
      if (this.#has(path, onDisk) && !this.#has(path, accounted)) unlisted.push(path);
    }
    return unlisted.sort((a, b) => Buffer.compare(paths.bytes(a), paths.bytes(b)));
  }
}

/** An entry that was read after its folder went to the engine may want more than was computed then. */
function isComputed(names: readonly AlgorithmName[], batch: BatchView, index: number): boolean {
  return batch.status(index) !== 'ok' || names.every((name) => batch.algorithms.includes(name));
}

function pairsOf(flat: readonly number[]): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (let at = 0; at < flat.length; at += 2) pairs.push([flat[at]!, flat[at + 1]!]);
  return pairs;
}
