/**
 * Rows below the folders of their names, with how many of each status every folder holds. Folders are shown open
 * where something in them needs attention, until a person says otherwise.
 */
import type { RowOrder } from '../results/row-order.ts';
import { runSliced, runWhole, type Sliced } from '../results/sliced.ts';
import type { RecordTable } from './record-table.ts';
import type { RowSource, RowTest } from './row-source.ts';

const decoder = new TextDecoder();
const slash = 0x2f;
const rowsASlice = 0x1000;

interface Folder {
  readonly name: string;
  readonly path: string;
  readonly depth: number;
  readonly parent: Folder | null;
  readonly number: number;
  readonly folders: Folder[];
  readonly byName: Map<string, Folder>;
  readonly rows: number[];
  /** Rows of each status in it and below. */
  readonly counts: number[];
  /** How many of them pass the filter. */
  passing: number;
  /** As a person has left it; null: as it is by default. */
  isOpen: boolean | null;
}

/** The number by which a folder stands among rows. */
const asRow = (folder: Folder): number => -1 - folder.number;

export class FolderTree implements RowSource {
  readonly #table: RecordTable;
  readonly #statuses: number;
  readonly #plain: ReadonlySet<number>;
  readonly #folders: Folder[] = [];
  readonly #root: Folder;
  #count = 0;
  #test: RowTest | null = null;
  #shown: number[] = [];
  #wanted = 0;

  /** `plain`: statuses that need no attention. */
  constructor(table: RecordTable, statuses: number, plain: ReadonlySet<number>) {
    this.#table = table;
    this.#statuses = statuses;
    this.#plain = plain;
    this.#root = this.#folder('', null);
  }

  get length(): number {
    return this.#shown.length;
  }
  rowAt(place: number): number {
    return this.#shown[place]!;
  }
  placeOf(row: number): number {
    return this.#shown.indexOf(row);
  }

  /** The folder that stands for a negative row. */
  folderAt(row: number): Pick<Folder, 'name' | 'path' | 'depth' | 'counts'> & { readonly isOpen: boolean } {
    const folder = this.#folders[-1 - row]!;
    const { name, path, depth, counts } = folder;
    return { name, path, depth, counts, isOpen: this.#isOpen(folder) };
  }

  /** How deep a row lies: 0 for the top. */
  depthOf(row: number): number {
    return row < 0 ? this.#folders[-1 - row]!.depth : this.#segments(row).length - 1;
  }

  /** Opens or closes a folder. */
  toggle(row: number, isOpen?: boolean): void {
    const folder = this.#folders[-1 - row]!;
    folder.isOpen = isOpen ?? !this.#isOpen(folder);
    this.#shown = runWhole(this.#flatten());
  }

  async arrange(_order: RowOrder, test: RowTest | null): Promise<boolean> {
    const call = ++this.#wanted;
    this.#test = test;
    const shown = await runSliced(this.#build(), () => call === this.#wanted);
    if (shown === undefined || call !== this.#wanted) return false;
    this.#shown = shown;
    return true;
  }

  refresh(): boolean {
    if (this.#count === this.#table.count) return false;
    this.#shown = runWhole(this.#build());
    return true;
  }

  #isOpen({ isOpen, counts }: Folder): boolean {
    return isOpen ?? counts.some((count, status) => count > 0 && !this.#plain.has(status));
  }

  *#build(): Sliced<number[]> {
    for (; this.#count < this.#table.count; this.#count++) {
      this.#add(this.#count);
      if (this.#count % rowsASlice === 0) yield;
    }
    if (this.#test !== null) {
      for (const folder of this.#folders) folder.passing = 0;
      let done = 0;
      for (const folder of this.#folders) {
        for (const row of folder.rows) {
          if (this.#test(row)) for (let at: Folder | null = folder; at !== null; at = at.parent) at.passing++;
          if (++done % rowsASlice === 0) yield;
        }
      }
    }
    return yield* this.#flatten();
  }

  *#flatten(): Sliced<number[]> {
    const shown: number[] = [];
    const open: Folder[] = [this.#root];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      if (folder !== this.#root) {
        if (this.#test !== null && folder.passing === 0) continue;
        shown.push(asRow(folder));
        if (!this.#isOpen(folder) && this.#test === null) continue;
        if (this.#test !== null && folder.isOpen === false) continue;
      }
      // What needs attention stands before what does not.
      for (const isPlain of [false, true]) {
        for (const [at, row] of folder.rows.entries()) {
          const isTurn = this.#plain.has(this.#table.status(row)) === isPlain;
          if (isTurn && (this.#test === null || this.#test(row))) shown.push(row);
          if (at % rowsASlice === rowsASlice - 1) yield;
        }
      }
      for (let at = folder.folders.length - 1; at >= 0; at--) open.push(folder.folders[at]!);
      yield;
    }
    return shown;
  }

  #segments(row: number): string[] {
    const { names } = this.#table;
    return decoder.decode(names.subarray(this.#table.nameStart(row), this.#table.nameEnd(row))).split('/');
  }

  #add(row: number): void {
    const { names } = this.#table;
    const [start, end] = [this.#table.nameStart(row), this.#table.nameEnd(row)];
    const last = names.subarray(start, end).lastIndexOf(slash);
    let folder = this.#root;
    if (last > 0) {
      for (const name of decoder.decode(names.subarray(start, start + last)).split('/')) {
        folder = folder.byName.get(name) ?? this.#folder(name, folder);
      }
    }
    folder.rows.push(row);
    const status = this.#table.status(row);
    for (let at: Folder | null = folder; at !== null; at = at.parent) at.counts[status]!++;
  }

  #folder(name: string, parent: Folder | null): Folder {
    const folder: Folder = {
      name,
      path: parent === null || parent.parent === null ? name : `${parent.path}/${name}`,
      depth: parent === null ? -1 : parent.depth + 1,
      parent,
      number: this.#folders.length,
      folders: [],
      byName: new Map(),
      rows: [],
      counts: new Array<number>(this.#statuses).fill(0),
      passing: 0,
      isOpen: null,
    };
    this.#folders.push(folder);
    parent?.folders.push(folder);
    parent?.byName.set(name, folder);
    return folder;
  }
}
