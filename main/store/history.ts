/**
 * The history: all journals of a folder, newest first. What a list says of a job that has ended stands in a file
 * beside them (`history.jsonl`), a line a job, so that ten thousand are listed without opening any; a journal that
 * is not in it is looked at, and joins it when it is sealed. The file holds nothing that the journals do not, and is
 * made again when it is lost. Names that people give, and what they keep, are in `labels.json`.
 */
import { appendFile, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { HistoryEntry, HistoryLabel, HistoryLimits, HistoryPage, HistoryQuery } from '#shared/contract/history.ts';
import { jobIdText, parseJobId } from '#shared/jobs/job-id.ts';
import { replaceFile } from '../base/output/output.ts';
import { systemCode } from '../base/system-error.ts';
import { type JournalFiles, systemFiles } from './journal-files.ts';
import { summarize } from './journal-summary.ts';
import { isLocked, removeLock } from './lock.ts';

/** As it stands in the index: labels are kept apart. */
type Listed = Omit<HistoryEntry, 'name' | 'keep'>;
interface Label {
  readonly name?: string | null;
  readonly keep?: boolean;
}

/** Looked at together: a slow disk must not hold every thread of the pool. */
const parallel = 8;

export class History {
  readonly path: string;
  readonly #files: JournalFiles;
  /** What the index had when it was last read. */
  #index = new Map<number, Listed>();
  #indexStamp = '';
  #indexLines = 0;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(folder: string, files: JournalFiles = systemFiles) {
    this.path = folder;
    this.#files = files;
  }

  journalOf(id: number): string {
    return path.join(this.path, `${jobIdText(id)}.hlj`);
  }

  /** Throws the system's error. */
  async list({ offset, limit, unfinished }: HistoryQuery): Promise<HistoryPage> {
    const ids = await this.#ids();
    await this.#readIndex();
    const labels = await this.#labels();
    const wanted = unfinished ? ids.filter((id) => this.#index.get(id)?.state !== 'finished') : ids;
    if (!unfinished) {
      const entries = await this.#entries(wanted.slice(offset, offset + limit), labels);
      return { entries, total: wanted.length };
    }
    const open = (await this.#entries(wanted, labels)).filter((entry) => entry.resumable);
    return { entries: open.slice(offset, offset + limit), total: open.length };
  }

  /** Undefined where there is no such job. */
  async entry(id: number): Promise<HistoryEntry | undefined> {
    await this.#readIndex();
    const [entry] = await this.#entries([id], await this.#labels());
    return entry;
  }

  /** What stands in the index of a job that goes on holds no more. */
  async goesOn(id: number): Promise<void> {
    await this.#readIndex();
    if (this.#index.delete(id)) await this.#append([JSON.stringify({ id, goesOn: true })]);
  }

  /** Throws the system's error; nothing has changed then. */
  label({ id, name, keep }: HistoryLabel): Promise<void> {
    return this.#inTurn(async () => {
      const labels = await this.#labels();
      const before = labels.get(id) ?? {};
      labels.set(id, { ...before, ...(name === undefined ? {} : { name }), ...(keep === undefined ? {} : { keep }) });
      await this.#writeLabels(labels);
    });
  }

  /** Deletes journals that nobody writes; gives the ids of those that are gone. Throws the system's error. */
  async delete(ids: readonly number[]): Promise<number[]> {
    const gone: number[] = [];
    for (const id of ids) {
      const journal = this.journalOf(id);
      // guard: deleting what runs
      if (await isLocked(journal)) continue;
      await this.#files.remove(journal);
      removeLock(journal);
      this.#index.delete(id);
      gone.push(id);
    }
    await this.#inTurn(async () => {
      const labels = await this.#labels();
      if (gone.filter((id) => labels.delete(id)).length > 0) await this.#writeLabels(labels);
    });
    return gone;
  }

  /** Deletes what is beyond the limits, oldest first; what is kept, runs, or can go on stays. Gives the ids. */
  async enforce(
    { days, mebibytes }: HistoryLimits,
    { now = Date.now(), spare = () => false }: { now?: number; spare?: (id: number) => boolean } = {},
  ): Promise<number[]> {
    if (days === null && mebibytes === null) return [];
    const { entries } = await this.list({ offset: 0, limit: Number.POSITIVE_INFINITY, unfinished: false });
    let bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    const beyond: number[] = [];
    for (const entry of entries.reverse()) {
      const age = now - (entry.endedAt ?? entry.startedAt);
      const tooOld = days !== null && age > days * 86_400_000;
      const tooMuch = mebibytes !== null && bytes > mebibytes * 2 ** 20;
      if (entry.keep || entry.endedAt === null || spare(entry.id) || !(tooOld || tooMuch)) continue;
      bytes -= entry.bytes;
      beyond.push(entry.id);
    }
    return this.delete(beyond);
  }

  /** Newest first. */
  async #ids(): Promise<number[]> {
    try {
      const names = await readdir(this.path);
      const ids = names.map((name) => (name.endsWith('.hlj') ? parseJobId(name.slice(0, -4)) : undefined));
      return ids.filter((id) => id !== undefined).sort((a, b) => b - a);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return [];
      throw error;
    }
  }

  async #entries(ids: readonly number[], labels: ReadonlyMap<number, Label>): Promise<HistoryEntry[]> {
    const found: (Listed | undefined)[] = [];
    const fresh: string[] = [];
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let at = next++; at < ids.length; at = next++) {
        const id = ids[at]!;
        const known = this.#index.get(id);
        const listed = known ?? (await this.#lookAt(id));
        found[at] = listed;
        if (known !== undefined || listed === undefined || listed.endedAt === null) continue;
        this.#index.set(id, listed);
        fresh.push(JSON.stringify(listed));
      }
    };
    await Promise.all(Array.from({ length: Math.min(parallel, ids.length) }, worker));
    if (fresh.length > 0) await this.#append(fresh);
    return found
      .filter((listed) => listed !== undefined)
      .map((listed) => {
        const { name = null, keep = false } = labels.get(listed.id) ?? {};
        return { ...listed, name, keep };
      });
  }

  /** Undefined for what is gone, or no journal. */
  async #lookAt(id: number): Promise<Listed | undefined> {
    try {
      const journal = this.journalOf(id);
      const file = await this.#files.open(journal, 'read');
      const summary = await summarize(file).finally(() => file.close());
      if (summary === undefined || summary.id !== id) return undefined;
      const { seal, roots, algorithms, kind, startedAt, bytes } = summary;
      const state = seal?.state ?? ((await isLocked(journal)) ? 'running' : 'interrupted');
      return {
        id,
        kind,
        state,
        startedAt,
        endedAt: seal?.at ?? null,
        roots,
        algorithms: [...(seal === null ? algorithms : (seal.algorithms as typeof algorithms))],
        totals: seal?.totals ?? null,
        outcome: seal?.outcome ?? null,
        failure: seal?.failure ?? null,
        bytes,
        resumable: summary.resumable && state !== 'finished' && state !== 'running',
      };
    } catch {
      return undefined;
    }
  }

  get #indexFile(): string {
    return path.join(this.path, 'history.jsonl');
  }

  /** Reads the index anew when it is another than before. */
  async #readIndex(): Promise<void> {
    await this.#writing.catch(() => undefined);
    try {
      const { size, mtimeMs, ino } = await stat(this.#indexFile);
      const stamp = `${size} ${mtimeMs} ${ino}`;
      if (stamp === this.#indexStamp) return;
      const index = new Map<number, Listed>();
      const lines = (await readFile(this.#indexFile, 'utf8')).split('\n');
      for (const line of lines) takeLine(index, line);
      this.#index = index;
      this.#indexLines = lines.length;
      this.#indexStamp = stamp;
    } catch {
      // It is made again from the journals.
      this.#index.clear();
      this.#indexStamp = '';
    }
  }

  /** An index that cannot be written is no loss but of time. */
  #append(lines: readonly string[]): Promise<void> {
    return this.#inTurn(async () => {
      // The last line may be half of one, of a process that was killed.
      await appendFile(this.#indexFile, `\n${lines.join('\n')}\n`, { mode: 0o600 });
      this.#indexLines += lines.length;
      if (this.#indexLines > 1_000 && this.#indexLines > this.#index.size * 4) await this.#compact();
    }).catch(() => undefined);
  }

  async #compact(): Promise<void> {
    const text = Array.from(this.#index.values(), (listed) => `${JSON.stringify(listed)}\n`).join('');
    await replaceFile(this.#indexFile, [new TextEncoder().encode(text)], { mode: 0o600, replaceChanged: true });
    this.#indexLines = this.#index.size;
  }

  async #labels(): Promise<Map<number, Label>> {
    try {
      const value: unknown = JSON.parse(await readFile(path.join(this.path, 'labels.json'), 'utf8'));
      return new Map(Object.entries(value as Record<string, Label>).map(([id, label]) => [Number(id), label]));
    } catch {
      return new Map();
    }
  }

  async #writeLabels(labels: ReadonlyMap<number, Label>): Promise<void> {
    const text = JSON.stringify(Object.fromEntries(labels));
    const options = { mode: 0o600, replaceChanged: true };
    await replaceFile(path.join(this.path, 'labels.json'), [new TextEncoder().encode(text)], options);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#writing.catch(() => undefined).then(work);
    this.#writing = done.catch(() => undefined);
    return done;
  }
}

function takeLine(index: Map<number, Listed>, line: string): void {
  if (line === '') return;
  try {
    const { goesOn, ...listed } = JSON.parse(line) as Listed & { goesOn?: true };
    if (goesOn) index.delete(listed.id);
    else if (typeof listed.id === 'number' && typeof listed.bytes === 'number') index.set(listed.id, listed);
  } catch {
    // A line that was cut.
  }
}
