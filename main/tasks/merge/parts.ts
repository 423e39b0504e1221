/** The journals of a job that was shared: whether they are all there, each once, whole, and of one job. */
import type { HashSpec } from '#shared/contract/kinds/hash.ts';
import type { JournalPart } from '#shared/shards/plan.ts';
import { shownName } from '../../base/raw-names.ts';
import { Journal, type StoredJournal } from '../../store/journal.ts';
import { JournalError } from '../../store/journal-error.ts';
import { systemFiles } from '../../store/journal-files.ts';
import type { NotedRoot, Seal } from '../../store/journal-notes.ts';
import { type RecoveredJournal, recoverJournal } from '../../store/recover.ts';

export interface OpenedPart {
  readonly file: string;
  readonly part: JournalPart;
  readonly spec: HashSpec;
  /** As it was given; base64. */
  readonly root: string;
  readonly seal: Seal;
  readonly stored: StoredJournal;
}

/** Every part once, in their order. */
export interface WholeJob {
  readonly parts: readonly OpenedPart[];
  readonly spec: HashSpec;
  readonly root: Uint8Array;
}

/** What keeps journals from being put together: one line for each thing that is wrong. */
export class MergeProblems extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.name = 'MergeProblems';
    this.problems = problems;
  }
}

/** Reads and checks each journal from its beginning to its seal. Rejects with MergeProblems. */
export async function openParts(files: readonly string[], signal: AbortSignal): Promise<WholeJob> {
  const problems: string[] = [];
  const found: OpenedPart[] = [];
  for (const file of files) {
    signal.throwIfAborted();
    const opened = await openPart(file);
    if (typeof opened === 'string') problems.push(`${shownName(Buffer.from(file))}: ${opened}`);
    else found.push(opened);
  }
  const own = ofOneJob(found, problems);
  if (own.length > 0) checkWhole(own, problems);
  if (problems.length > 0) throw new MergeProblems(problems);
  const parts = own.sort((a, b) => a.part.index - b.part.index);
  const { spec, root } = parts[0]!;
  return { parts, spec, root: Buffer.from(root, 'base64') };
}

/** Why the journal is of no use, in words that follow its name. */
async function openPart(file: string): Promise<OpenedPart | string> {
  let found: RecoveredJournal;
  try {
    const opened = await systemFiles.open(file, 'read');
    found = await recoverJournal(opened).finally(() => opened.close());
  } catch (error) {
    return error instanceof JournalError
      ? `${error.message} (${error.code})`
      : `it cannot be read: ${(error as Error).message}`;
  }
  const { header, roots, blocks, runs, seal, length, fileLength } = found;
  const { part, spec } = header;
  if (spec?.kind !== 'hash') return 'it is not of a hash job';
  if (part === undefined) return "it is no part: its job was hashed as a whole; 'hashlane resume' prints it";
  if (fileLength > length) return `part ${part.index} is damaged or was not written to its end`;
  if (seal === null) return `part ${part.index} is unsealed: start it again, and it goes on`;
  if (seal.state !== 'finished') return `part ${part.index} is unfinished: it was ${seal.state}`;
  return { file, part, spec, root: rootOf(roots), seal, stored: { header, blocks, runs, length } };
}

function rootOf(roots: readonly NotedRoot[]): string {
  return roots.map(({ path }) => path).join(' ');
}

/** Those of the job that most of them are of; the others are problems. */
function ofOneJob(found: readonly OpenedPart[], problems: string[]): OpenedPart[] {
  const jobs = new Map<string, OpenedPart[]>();
  for (const opened of found) {
    const { part, spec, root } = opened;
    const job = JSON.stringify([part.plan ?? null, part.count, root, spec.algorithms, spec.walk]);
    const same = jobs.get(job);
    if (same === undefined) jobs.set(job, [opened]);
    else same.push(opened);
  }
  const [own = [], ...others] = [...jobs.values()].sort((a, b) => b.length - a.length);
  for (const other of others.flat())
    problems.push(`${shownName(Buffer.from(other.file))}: ${difference(other, own[0]!)}`);
  return own;
}

function difference(other: OpenedPart, own: OpenedPart): string {
  const what = `part ${other.part.index}`;
  if (other.part.plan !== own.part.plan || other.part.count !== own.part.count) return `${what} is of another plan`;
  if (other.root !== own.root) return `${what} is of another folder`;
  return `${what} was hashed with other options`;
}

function checkWhole(own: readonly OpenedPart[], problems: string[]): void {
  const { count } = own[0]!.part;
  const files = new Map<number, string[]>();
  for (const { part, file } of own) files.set(part.index, [...(files.get(part.index) ?? []), file]);
  for (const [index, doubled] of files) {
    if (doubled.length < 2) continue;
    problems.push(
      `part ${index} is there ${doubled.length} times: ${doubled.map((file) => shownName(Buffer.from(file))).join(', ')}`,
    );
  }
  const missing: [first: number, last: number][] = [];
  for (let index = 0; index < count; index++) {
    if (files.has(index)) continue;
    const before = missing.at(-1);
    if (before?.[1] === index - 1) before[1] = index;
    else missing.push([index, index]);
  }
  if (missing.length === 0) return;
  const names = missing.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`));
  const isOne = missing.length === 1 && missing[0]![0] === missing[0]![1];
  problems.push(`${isOne ? 'part' : 'parts'} ${names.join(', ')} of ${count} ${isOne ? 'is' : 'are'} missing`);
}

/** What is needed to read the part's results. */
export function journalOf({ file, stored }: OpenedPart): Journal {
  return Journal.past(file, stored);
}
