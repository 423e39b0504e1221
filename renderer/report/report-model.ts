/**
 * The records of one job, as its kind reports them: a table, the rows that are shown of it, and a small snapshot that
 * React listens to. The snapshot changes a few times a second, however fast records arrive.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Block } from '../client/reception.ts';
import type { Cleared, JobModel } from '../kinds/kind.ts';
import { FolderTree } from './folder-tree.ts';
import { type RecordReader, RecordTable } from './record-table.ts';
import { noFilter, type ReportFilter, type ReportSort, reportOrder, reportTest } from './report-order.ts';
import { RowList } from './row-list.ts';
import type { RowSource } from './row-source.ts';

/** What a report is made of. */
export interface ReportKind<Status extends string> {
  /** Those that people have to look at first. */
  readonly statuses: readonly Status[];
  /** Reads the records of one job. */
  reader(): RecordReader;
  /** Rows of one status stand in the order of their records, not of their names. */
  readonly asTheyCame?: boolean;
  /** Statuses that need no attention, where rows are shown below their folders. */
  readonly plain?: ReadonlySet<number>;
  /** What sums up the job, where the record does. */
  summaryOf?(record: unknown): unknown;
}

export interface ReportSnapshot {
  /** Counts up with every change of what is shown. */
  readonly version: number;
  readonly total: number;
  readonly shown: number;
  /** Rows of each status. */
  readonly counts: readonly number[];
  readonly sort: ReportSort;
  readonly filter: ReportFilter;
  /** The row that the keyboard is at. */
  readonly focused: number | null;
  /** The record that sums up, once it has come. */
  readonly summary: unknown;
  /** Not all rows are worked out for the sort and filter above. */
  readonly arranging: boolean;
}

const refreshMs = 120;
const restFactor = 3;

export class ReportModel<Status extends string = string> implements JobModel {
  readonly kind: ReportKind<Status>;
  readonly store: StoreApi<ReportSnapshot>;
  #table: RecordTable;
  #list: RowList;
  #tree: FolderTree | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #restUntil = 0;

  constructor(kind: ReportKind<Status>) {
    this.kind = kind;
    this.#table = this.#emptyTable();
    this.#list = this.#emptyList();
    this.#tree = this.#emptyTree();
    this.store = createStore(() => ({ ...this.#nothing(), version: 0 }));
  }

  get table(): RecordTable {
    return this.#table;
  }
  /** What is shown. */
  get list(): RowSource {
    return this.store.getState().sort === 'folders' && this.#tree !== null ? this.#tree : this.#list;
  }
  /** The folders of the rows, for kinds that show them. */
  get tree(): FolderTree | null {
    return this.#tree;
  }
  statusOf(row: number): Status {
    return this.kind.statuses[this.#table.status(row)]!;
  }

  /** Records have come that are not among the rows yet; `version` counts up when they are. */
  get isBehind(): boolean {
    return this.#timer !== undefined;
  }

  begin(): void {
    this.clear();
  }

  take(block: Block): void {
    if (block.kind !== 'records') return;
    this.#table.append(block.records);
    const last = block.records.count - 1;
    if (last >= 0 && this.kind.summaryOf !== undefined) {
      const summary = this.kind.summaryOf(block.records.read(last));
      if (summary !== undefined) this.store.setState({ summary });
    }
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#refresh(), Math.max(refreshMs, this.#restUntil - performance.now()));
  }

  clear(): Cleared {
    const blocks: Block[] = [];
    const [table, list, tree, before] = [this.#table, this.#list, this.#tree, this.store.getState()];
    this.#table = this.#emptyTable();
    this.#list = this.#emptyList();
    this.#tree = this.#emptyTree();
    this.store.setState(({ version }) => ({ ...this.#nothing(), version: version + 1 }));
    return {
      take: (block) => void blocks.push(block),
      restore: () => {
        this.#table = table;
        this.#list = list;
        this.#tree = tree;
        this.store.setState(({ version }) => ({ ...before, version: version + 1 }));
        for (const block of blocks) this.take(block);
      },
    };
  }

  sortBy(sort: ReportSort): void {
    void this.#arrange(sort, this.store.getState().filter);
  }

  filterBy(filter: ReportFilter): void {
    void this.#arrange(this.store.getState().sort, filter);
  }

  /** Moves the keyboard to the row at a place, the nearest there is; gives the place. */
  moveTo(place: number): number {
    const { list } = this;
    if (list.length === 0) return -1;
    const target = Math.min(Math.max(place, 0), list.length - 1);
    this.store.setState({ focused: list.rowAt(target) });
    return target;
  }

  get focusedPlace(): number {
    const { focused } = this.store.getState();
    return focused === null ? -1 : this.list.placeOf(focused);
  }

  #emptyTable(): RecordTable {
    return new RecordTable(this.kind.statuses.length, this.kind.reader());
  }

  #emptyTree(): FolderTree | null {
    const { plain, statuses } = this.kind;
    return plain === undefined ? null : new FolderTree(this.#table, statuses.length, plain);
  }

  #emptyList(): RowList {
    const table = this.#table;
    return new RowList(() => table.count, reportOrder(table, 'status', this.kind.asTheyCame));
  }

  #nothing(): Omit<ReportSnapshot, 'version'> {
    return {
      total: 0,
      shown: 0,
      counts: this.#table.counts,
      sort: this.kind.plain === undefined ? 'status' : 'folders',
      filter: noFilter,
      focused: null,
      summary: null,
      arranging: false,
    };
  }

  #refresh(): void {
    this.#timer = undefined;
    const began = performance.now();
    if (!this.list.refresh()) {
      this.store.setState(({ version }) => ({ version: version + 1 }));
      return;
    }
    const now = performance.now();
    this.#restUntil = now + (now - began) * restFactor;
    this.#publish();
  }

  async #arrange(sort: ReportSort, filter: ReportFilter): Promise<void> {
    this.store.setState({ sort, filter, arranging: true });
    const { list } = this;
    const arranged = await list.arrange(
      reportOrder(this.#table, sort, this.kind.asTheyCame),
      reportTest(this.#table, filter),
    );
    if (!arranged || list !== this.list) return;
    list.refresh();
    this.store.setState({ arranging: false });
    this.#publish();
  }

  /** Opens or closes the folder that stands for a row. */
  toggleFolder(row: number, isOpen?: boolean): void {
    this.#tree?.toggle(row, isOpen);
    this.#publish();
  }

  #publish(): void {
    this.store.setState(({ version }) => ({
      version: version + 1,
      total: this.#table.count,
      shown: this.list.length,
      counts: [...this.#table.counts],
    }));
  }
}
