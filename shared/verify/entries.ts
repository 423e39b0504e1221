/** What manifests say, in columns: some fifty bytes an entry beside its name and its digests. */
import type { ExpectedDigest, MalformedLine, MalformedReason, ManifestEntry } from '../checksums/model.ts';
import { type AlgorithmName, algorithm } from '../tables/algorithms.ts';
import type { ErrorCode } from '../tables/error-codes.ts';
import { AlgorithmLists, digestBytes } from './algorithm-lists.ts';
import { ByteTable } from './byte-table.ts';
import { ByteArena, Column } from './columns.ts';
import { keyOf, startsWithDot } from './names.ts';
import {
  type EntryNote,
  type EntryStatus,
  entryNotes,
  entryStatuses,
  pendingStatus,
  statusNumber,
} from './statuses.ts';

const dotSlash = Uint8Array.of(0x2e, 0x2f);

/** All manifests of one verification together. */
const maxEntries = 20_000_000;
/** Of more malformed lines the text is not kept. */
const maxQuotes = 10_000;

const malformedReasons: readonly MalformedReason[] = [
  'no-digest',
  'no-name',
  'unknown-algorithm',
  'digest-length',
  'bad-escape',
  'bad-size',
  'not-in-dialect',
  'too-long',
  'truncated',
];

export class Entries {
  /** Every path that an entry names, and every one that was found on the disk. */
  readonly paths = new ByteTable();
  readonly #windows: boolean;
  readonly #arena = new ByteArena();
  readonly #lists = new AlgorithmLists();
  readonly #manifest = new Column(Uint16Array);
  readonly #line = new Column(Uint32Array);
  /** −1 where the entry names nothing that can be looked for. */
  readonly #path = new Column(Int32Array, -1);
  /** Of the name as it is written; its length is 0 where that is the path's key. */
  readonly #nameOffset = new Column(Uint32Array);
  readonly #nameLength = new Column(Uint32Array);
  readonly #digestOffset = new Column(Uint32Array);
  readonly #list = new Column(Uint32Array);
  readonly #status = new Column(Uint8Array, pendingStatus);
  readonly #note = new Column(Uint8Array);
  /** The name is `./` and the path's key. */
  readonly #isDotted = new Column(Uint8Array);
  /** For malformed lines. */
  readonly #reason = new Column(Uint8Array);
  /** Expected bytes; −1 where the manifest does not say. Stays empty when none does. */
  readonly #size = new Column(Float64Array, -1);
  /** Found digests, of entries that are changed. */
  readonly #actualOffset = new Map<number, number>();
  /** Where a moved entry is, or where content that is missing also is. */
  readonly #elsewhere = new Map<number, number>();
  /** The next entry of the same path. */
  readonly #next = new Column(Int32Array, -1);
  /** The first entry of a path. */
  readonly #first = new Column(Int32Array, -1);
  /** Why entries could not be read. */
  readonly #error = new Map<number, { readonly code: ErrorCode; readonly text: string }>();
  #count = 0;
  #quotes = 0;

  constructor(windows: boolean) {
    this.#windows = windows;
  }

  get count(): number {
    return this.#count;
  }

  /** Takes an entry with `name` for its own, which may be another than in the manifest. Returns its number. */
  add(manifest: number, entry: ManifestEntry, name = entry.name): number {
    const at = this.#addRow(manifest, entry.line);
    const keyed = keyOf(name, this.#windows);
    const path = keyed.kind === 'inside' ? this.paths.add(keyed.key) : -1;
    this.#path.set(at, path);
    if (path >= 0 && startsWithDot(name) && keyed.key.length === name.length - 2) this.#isDotted.set(at, 1);
    else if (path < 0 || keyed.key !== name) this.#setName(at, name);
    const digests = entry.digests.filter(({ algorithm: its, bytes }) => bytes.length === algorithm(its).digestLength);
    this.#list.set(at, this.#lists.number(digests.map((digest) => digest.algorithm)));
    const joined = digests.length === 1 ? digests[0]!.bytes : new Uint8Array(digestsLength(digests));
    let end = 0;
    if (digests.length > 1) {
      for (const { bytes } of digests) {
        joined.set(bytes, end);
        end += bytes.length;
      }
    }
    this.#digestOffset.set(at, this.#arena.append(joined));
    if (entry.size !== null) this.#size.set(at, entry.size);
    if (path >= 0) this.#link(path, at);
    // A digest of a wrong length would never match; nor may what is left of the entry pass for the whole.
    if (digests.length === 0 || digests.length < entry.digests.length) this.settle(at, 'not-comparable', 'no-digest');
    else if (keyed.kind === 'outside') this.settle(at, 'outside-root', 'name-outside');
    else if (keyed.kind === 'impossible') this.settle(at, 'missing');
    return at;
  }

  addMalformed(manifest: number, line: MalformedLine): void {
    const at = this.#addRow(manifest, line.line);
    if (this.#quotes++ < maxQuotes) this.#setName(at, line.text);
    this.#list.set(at, this.#lists.number([]));
    this.#reason.set(at, malformedReasons.indexOf(line.reason));
    this.settle(at, 'malformed');
  }

  #addRow(manifest: number, line: number): number {
    const at = this.#count++;
    if (at >= maxEntries) throw new RangeError(`more than ${maxEntries} entries`);
    this.#manifest.set(at, manifest);
    this.#line.set(at, line);
    return at;
  }

  #setName(entry: number, name: Uint8Array): void {
    this.#nameOffset.set(entry, this.#arena.append(name));
    this.#nameLength.set(entry, name.length);
  }

  #link(path: number, entry: number): void {
    this.#next.set(entry, this.#first.at(path));
    this.#first.set(path, entry);
  }

  /** Takes the digests of a manifest that were read as `from` for those of `to`, and forgets what came of it. */
  relabel(manifest: number, from: AlgorithmName, to: AlgorithmName): void {
    const [before, after] = [this.#lists.number([from]), this.#lists.number([to])];
    for (let entry = 0; entry < this.count; entry++) {
      if (this.manifest(entry) !== manifest || this.#list.at(entry) !== before) continue;
      this.#list.set(entry, after);
      const status = this.#status.at(entry);
      if (status !== statusNumber.changed && status !== statusNumber.missing) continue;
      if (this.path(entry) < 0) continue;
      this.#status.set(entry, pendingStatus);
      this.#note.set(entry, 0);
      this.#actualOffset.delete(entry);
      this.#elsewhere.delete(entry);
    }
  }

  settle(entry: number, status: EntryStatus, note?: EntryNote): void {
    this.#status.set(entry, statusNumber[status]);
    if (note !== undefined) this.note(entry, note);
  }

  note(entry: number, note: EntryNote): void {
    this.#note.set(entry, entryNotes.indexOf(note));
  }

  /** `text`: the system's own words, or ''. */
  settleError(entry: number, code: ErrorCode, text = ''): void {
    this.settle(entry, 'unreadable');
    this.#error.set(entry, { code, text });
  }

  /** Why an entry is `unreadable`; null for any other. */
  error(entry: number): { readonly code: ErrorCode; readonly text: string } | null {
    return this.status(entry) === 'unreadable' ? (this.#error.get(entry) ?? null) : null;
  }

  isPending(entry: number): boolean {
    return this.#status.at(entry) === pendingStatus;
  }

  /** Throws for an entry that was never judged: there is no status that it could have. */
  status(entry: number): EntryStatus {
    const status = entryStatuses[this.#status.at(entry)];
    if (status === undefined) throw new Error('an entry was not judged; please report this');
    return status;
  }

  noteOf(entry: number): EntryNote {
    return entryNotes[this.#note.at(entry)]!;
  }

  manifest(entry: number): number {
    return this.#manifest.at(entry);
  }

  line(entry: number): number {
    return this.#line.at(entry);
  }

  reason(entry: number): MalformedReason {
    return malformedReasons[this.#reason.at(entry)]!;
  }

  path(entry: number): number {
    return this.#path.at(entry);
  }

  /** As the manifest has it; of a malformed line the line. */
  name(entry: number): Uint8Array {
    const length = this.#nameLength.at(entry);
    const path = this.#path.at(entry);
    if (length > 0 || path < 0) return this.#arena.view(this.#nameOffset.at(entry), length);
    const key = this.paths.bytes(path);
    if (this.#isDotted.at(entry) === 0) return key;
    const name = new Uint8Array(key.length + 2);
    name.set(dotSlash);
    name.set(key, 2);
    return name;
  }

  /** −1 where the manifest does not say. */
  size(entry: number): number {
    return this.#size.at(entry);
  }

  algorithms(entry: number): readonly AlgorithmName[] {
    return this.#lists.at(this.#list.at(entry));
  }

  /** Their digests, one after the other. In place. */
  expected(entry: number): Uint8Array {
    return this.#arena.view(this.#digestOffset.at(entry), digestBytes(this.algorithms(entry)));
  }

  /** As `expected`, as found; null where the entry is not changed, or was not read. */
  actual(entry: number): Uint8Array | null {
    const offset = this.#actualOffset.get(entry);
    return offset === undefined ? null : this.#arena.view(offset, digestBytes(this.algorithms(entry)));
  }

  setActual(entry: number, digests: Uint8Array): void {
    this.#actualOffset.set(entry, this.#arena.append(digests));
  }

  /** The path that has the entry's content; −1 where none was found. */
  elsewhere(entry: number): number {
    return this.#elsewhere.get(entry) ?? -1;
  }

  setElsewhere(entry: number, path: number): void {
    this.#elsewhere.set(entry, path);
  }

  /** Whether an entry names the path. */
  isListed(path: number): boolean {
    return this.#first.at(path) >= 0;
  }

  /** The first entry of a path, the latest that was added; −1 when it has none. */
  first(path: number): number {
    return this.#first.at(path);
  }

  /** The entry of the same path after `entry`; −1 after the last. */
  next(entry: number): number {
    return this.#next.at(entry);
  }

  /** The number of the algorithms of a path that has one entry, which is not judged and has no size; otherwise −1. */
  soleList(path: number): number {
    const entry = this.#first.at(path);
    const isSole = entry >= 0 && this.#next.at(entry) < 0 && this.isPending(entry) && this.#size.at(entry) < 0;
    return isSole ? this.#list.at(entry) : -1;
  }

  /** Whether any manifest says sizes. */
  get hasSizes(): boolean {
    return this.#size.length > 0;
  }

  /** The entries of a path. */
  of(path: number): number[] {
    const found: number[] = [];
    for (let entry = this.#first.at(path); entry >= 0; entry = this.#next.at(entry)) found.push(entry);
    return found;
  }
}

function digestsLength(digests: readonly ExpectedDigest[]): number {
  return digests.reduce((sum, { bytes }) => sum + bytes.length, 0);
}
