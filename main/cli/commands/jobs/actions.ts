/** What `hashlane jobs` does: each action resolves to the exit status. */
import path from 'node:path';
import type { HistoryEntry } from '#shared/contract/history.ts';
import type { ExportFormat } from '#shared/contract/models.ts';
import { formats } from '#shared/formats/registry.ts';
import { jobIdText, parseJobId } from '#shared/jobs/job-id.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { escapeControlsInJson, makeVisible } from '#shared/text/visible.ts';
import { History } from '../../../store/history.ts';
import { FailedAttempt, UsageError } from '../../errors.ts';
import { type ExitStatus, exitStatus } from '../../exit-status.ts';
import { dataFolder } from '../../serve/data-folder.ts';
import type { World } from '../../world.ts';
import { journalNamed, openUnfinished } from '../resume/unfinished-job.ts';
import { entryText, listText } from './entry-text.ts';
import { printJournal } from './print-journal.ts';

/** The largest page: `list` prints all that there are. */
const pageEntries = 1_000;

const folderOf = (world: World): string => path.join(dataFolder(world.environment), 'jobs');

export interface ListOptions {
  readonly unfinished?: true;
  readonly limit?: number;
  readonly json?: true;
}

export async function list(options: ListOptions, world: World): Promise<ExitStatus> {
  const entries = await all(new History(folderOf(world)), options);
  await write(world, options.json ? entries.map(jsonLine).join('') : listText(entries));
  return exitStatus.ok;
}

export async function show(job: string, options: { readonly json?: true }, world: World): Promise<ExitStatus> {
  const entry = await entryOf(new History(folderOf(world)), job);
  await write(world, options.json ? jsonLine(entry) : entryText(entry));
  return exitStatus.ok;
}

export interface ExportOptions {
  readonly format: ExportFormat;
  readonly output?: string;
  readonly force?: true;
}

/** Also of a journal that is in no history. */
export async function exportJob(job: string, options: ExportOptions, world: World): Promise<ExitStatus> {
  const file = journalNamed(job, folderOf(world));
  const { header, seal } = await openUnfinished(file);
  const started = header.spec !== undefined && 'algorithms' in header.spec ? header.spec.algorithms : [];
  const algorithm = (seal?.algorithms ?? started) as readonly AlgorithmName[];
  const { needs } = formats[options.format];
  if (needs !== undefined && !algorithm.includes(needs)) {
    throw new UsageError(`the format ${options.format} is made of ${needs} digests, which the job did not compute`);
  }
  return printJournal(file, { ...options, algorithm }, world);
}

export interface LabelOptions {
  readonly name?: string;
  readonly keep?: boolean;
}

export async function label(job: string, { name, keep }: LabelOptions, world: World): Promise<ExitStatus> {
  if (name === undefined && keep === undefined) throw new UsageError('give --name, --keep or --no-keep');
  const history = new History(folderOf(world));
  const { id } = await entryOf(history, job);
  await history.label({
    id,
    ...(keep === undefined ? {} : { keep }),
    ...(name === undefined ? {} : { name: name || null }),
  });
  return exitStatus.ok;
}

export async function remove(jobs: readonly string[], world: World): Promise<ExitStatus> {
  const history = new History(folderOf(world));
  const ids = new Set<number>();
  for (const job of jobs) ids.add((await entryOf(history, job)).id);
  const gone = new Set(await history.delete([...ids]));
  for (const id of ids) {
    if (!gone.has(id)) world.messages.write(`hashlane: ${jobIdText(id)}: not deleted, for it is running\n`);
  }
  return gone.size === ids.size ? exitStatus.ok : exitStatus.failed;
}

async function all(history: History, { unfinished, limit: most = Number.POSITIVE_INFINITY }: ListOptions) {
  const found: HistoryEntry[] = [];
  for (;;) {
    const limit = Math.min(pageEntries, most - found.length);
    if (limit <= 0) return found;
    const { entries, total } = await history.list({ offset: found.length, limit, unfinished: unfinished === true });
    found.push(...entries);
    if (entries.length === 0 || found.length >= total) return found;
  }
}

/** Throws FailedAttempt where there is none. */
async function entryOf(history: History, given: string): Promise<HistoryEntry> {
  const id = parseJobId(given);
  const entry = id === undefined ? undefined : await history.entry(id);
  if (entry !== undefined) return entry;
  throw new FailedAttempt(`cannot find the job ${makeVisible(given)}`, new Error(`it is not in ${history.path}`));
}

const jsonLine = (entry: HistoryEntry): string =>
  `${escapeControlsInJson(JSON.stringify({ job: jobIdText(entry.id), ...entry }))}\n`;

function write(world: World, text: string): Promise<void> {
  return world.output.write(new TextEncoder().encode(text));
}
