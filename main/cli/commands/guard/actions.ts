/** What `hashlane guard` does: each action resolves to the exit status. */
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import type { GuardedFolder as FolderStatus } from '#shared/contract/guard.ts';
import type { ScrubPlan } from '#shared/guard/plan.ts';
import { checkCsv } from '#shared/guard/report/csv.ts';
import { checkHtml } from '#shared/guard/report/html.ts';
import { checkJson } from '#shared/guard/report/json.ts';
import type { CheckReport } from '#shared/guard/report/model.ts';
import { checkText } from '#shared/guard/report/text.ts';
import type { AlgorithmName } from '#shared/tables/algorithms.ts';
import { formatCount } from '#shared/text/quantities.ts';
import { escapeControlsInJson, makeVisible } from '#shared/text/visible.ts';
import { replaceFile } from '../../../base/output/output.ts';
import { addFromJob } from '../../../guard/from-job.ts';
import { acceptFiles, addFolder, checkGuarded, guardedRoot } from '../../../guard/guard.ts';
import { type GuardedFolder, GuardStore, guardProblem } from '../../../guard/guard-store.ts';
import { launchdUnits, systemdUnits } from '../../../guard/schedule.ts';
import { statusOf } from '../../../guard/status.ts';
import { type ColorOptions, paintFor } from '../../color.ts';
import { FailedAttempt, UsageError } from '../../errors.ts';
import { type ExitStatus, exitStatus } from '../../exit-status.ts';
import { dataFolder } from '../../serve/data-folder.ts';
import { ReportOutput } from '../../steps/report-output.ts';
import { runOnEngine } from '../../steps/run-steps.ts';
import { version } from '../../version.ts';
import type { World } from '../../world.ts';
import { journalNamed } from '../resume/unfinished-job.ts';

interface ReportOptions extends ColorOptions {
  readonly quiet?: true;
  readonly verbose?: true;
  readonly format: 'text' | 'json' | 'csv' | 'html';
  readonly output?: string;
}

export interface AddOptions extends ReportOptions {
  readonly algorithm?: AlgorithmName;
  readonly atRoot?: true;
  readonly from?: string;
}

export interface CheckCommandOptions extends ReportOptions {
  readonly percent?: number;
  readonly olderThan?: number;
  readonly maxTime?: number;
  readonly maxBytes?: number;
  readonly newDisk?: true;
  readonly medium: boolean;
  readonly limitRate?: number;
  readonly idle?: true;
}

export interface ScheduleOptions {
  readonly every: 'day' | 'week' | 'month';
  readonly system?: 'systemd' | 'launchd';
  readonly percent?: number;
  readonly output?: string;
}

const storeOf = (world: World): GuardStore => new GuardStore(path.join(dataFolder(world.environment), 'guard'));

/** The folders that are named, or all. Rejects with FailedAttempt for one that is not on record. */
async function foldersOf(store: GuardStore, names: readonly string[]): Promise<GuardedFolder[]> {
  if (names.length === 0) return await store.list();
  const folders: GuardedFolder[] = [];
  for (const name of names) {
    if (name === '') throw new UsageError('a name is empty');
    const folder = await store.find(await guardedRoot(name));
    if (folder === undefined) {
      throw guardProblem('GUARD_UNKNOWN', name, "it is not on record; 'hashlane guard add' puts it there");
    }
    if (!folders.some(({ id }) => id === folder.id)) folders.push(folder);
  }
  return folders;
}

export async function add(name: string, options: AddOptions, world: World): Promise<ExitStatus> {
  checkReportOptions(options);
  const store = storeOf(world);
  const root = await guardedRoot(name);
  const { from, algorithm = 'sha256', atRoot } = options;
  if (from !== undefined) {
    const given = {
      journal: journalNamed(from, store.jobsFolder),
      givenAs: path.resolve(name),
      isAtRoot: atRoot === true,
      now: Date.now,
      ...(options.algorithm === undefined ? {} : { algorithm }),
    };
    return await report(options, world, async () => [await addFromJob(store, root, given)]);
  }
  return await report(options, world, async () => [
    await runOnEngine(world, (steps) =>
      addFolder(store, root, { algorithm, isAtRoot: atRoot === true, now: Date.now }, steps),
    ),
  ]);
}

export async function check(names: readonly string[], options: CheckCommandOptions, world: World): Promise<ExitStatus> {
  checkReportOptions(options);
  const store = storeOf(world);
  const folders = await foldersOf(store, names);
  if (folders.length === 0)
    throw new UsageError("no folder is guarded; 'hashlane guard add FOLDER' puts one on record");
  if (folders.length > 1 && (options.format === 'csv' || options.format === 'html')) {
    throw new UsageError(`${options.format} is for one folder; name it`);
  }
  const { percent, olderThan, maxTime, maxBytes, limitRate, idle, medium } = options;
  const reading = { medium, ...(limitRate === undefined ? {} : { limitRate }), ...(idle ? { idle } : {}) };
  const plan: ScrubPlan & { readonly maxTimeMs?: number } = {
    ...(percent === undefined ? {} : { percent }),
    ...(olderThan === undefined ? {} : { olderThanMs: olderThan }),
    ...(maxTime === undefined ? {} : { maxTimeMs: maxTime }),
    ...(maxBytes === undefined ? {} : { maxBytes }),
  };
  let failures = 0;
  const ended = await report(
    options,
    world,
    async () => {
      const reports: CheckReport[] = [];
      for (const folder of folders) {
        const given = { ...plan, reading, now: Date.now, isNewDisk: options.newDisk === true };
        try {
          reports.push(await runOnEngine(world, (steps) => checkGuarded(store, folder, given, steps)));
        } catch (error) {
          // The record of one folder must not keep the others from being checked.
          if (folders.length === 1 || !(error instanceof FailedAttempt)) throw error;
          world.messages.write(`hashlane: ${error.message}\n`);
          failures++;
        }
      }
      return reports;
    },
    folders.length === 1,
  );
  return failures > 0 ? exitStatus.failed : ended;
}

function checkReportOptions({ quiet, verbose }: ReportOptions): void {
  if (quiet && verbose) throw new UsageError('--quiet and --verbose exclude each other');
}

async function report(
  options: ReportOptions,
  world: World,
  work: () => Promise<readonly CheckReport[]>,
  isOne = true,
): Promise<ExitStatus> {
  const output = await ReportOutput.open(options.output, world, options.format === 'text');
  try {
    const reports = await work();
    const target = options.output === undefined ? world.output : {};
    await output.write(documentOf(reports, isOne, options, paintFor(options, target, world)));
    return reports.every(({ verdict }) => verdict === 'ok') ? exitStatus.ok : exitStatus.failed;
  } finally {
    await output.discard();
  }
}

function* documentOf(
  reports: readonly CheckReport[],
  isOne: boolean,
  { format, quiet, verbose }: ReportOptions,
  paint: ReturnType<typeof paintFor>,
): Generator<string, void> {
  const [first] = reports;
  if (format === 'csv') yield* checkCsv(first!);
  else if (format === 'html') {
    yield* checkHtml(first!, { date: new Date(first!.startedMs).toISOString(), host: hostname(), version });
  } else if (format === 'json') {
    if (isOne) return yield* checkJson(first!);
    yield '{"folders":[\n';
    for (const [at, each] of reports.entries()) {
      if (at > 0) yield ',';
      yield* checkJson(each);
    }
    yield ']}\n';
  } else {
    for (const each of reports) yield* checkText(each, { quiet: quiet === true, verbose: verbose === true, paint });
  }
}

export async function status(names: readonly string[], { json }: { json?: true }, world: World): Promise<ExitStatus> {
  const store = storeOf(world);
  const problems: string[] = [];
  const found: FolderStatus[] = [];
  for (const folder of await foldersOf(store, names)) {
    try {
      found.push(await statusOf(folder, Date.now()));
    } catch (error) {
      problems.push(`hashlane: ${error instanceof FailedAttempt ? error.message : String(error)}\n`);
    }
  }
  for (const problem of problems) world.messages.write(problem);
  const text = json
    ? found.map((each) => `${escapeControlsInJson(JSON.stringify(statusJson(each)))}\n`).join('')
    : found.map(statusText).join('');
  await world.output.write(new TextEncoder().encode(text));
  return problems.length === 0 ? exitStatus.ok : exitStatus.failed;
}

const isoOf = (ms: number): string => new Date(ms).toISOString();

function statusJson({ problem: _problem, lastCheck, ...rest }: FolderStatus): unknown {
  return { ...rest, lastCheck: lastCheck === null ? null : isoOf(lastCheck) };
}

function statusText({ root, files, damaged, lastCheck, isAvailable, coverage }: FolderStatus): string {
  const state = damaged > 0 ? `${damaged} damaged` : isAvailable ? 'no damage known' : 'unavailable now';
  const last = lastCheck === null ? 'never checked' : `last check ${isoOf(lastCheck).slice(0, 10)}`;
  return `${makeVisible(root)}: ${state}, ${last}\n  ${formatCount(files)} files, ${coverage.percent} % read within ${coverage.days} days\n`;
}

export async function accept(paths: readonly string[], world: World): Promise<ExitStatus> {
  if (paths.includes('')) throw new UsageError('a name is empty');
  const accepted = await runOnEngine(world, (steps) => acceptFiles(storeOf(world), paths, Date.now, steps));
  await world.output.write(new TextEncoder().encode(`${accepted} accepted as they are now\n`));
  return exitStatus.ok;
}

export async function remove(names: readonly string[], world: World): Promise<ExitStatus> {
  const store = storeOf(world);
  for (const folder of await foldersOf(store, names)) await store.remove(folder);
  return exitStatus.ok;
}

const controls = /[\x00-\x1f\x7f]|\p{Cs}/u;

export async function schedule(name: string, options: ScheduleOptions, world: World): Promise<ExitStatus> {
  const [folder] = await foldersOf(storeOf(world), [name]);
  if (controls.test(folder!.root)) throw new UsageError('the name of the folder cannot be written in a unit');
  const system = options.system ?? (process.platform === 'darwin' ? 'launchd' : 'systemd');
  const script = process.argv[1];
  const units = (system === 'launchd' ? launchdUnits : systemdUnits)({
    program: [process.execPath, ...(script === undefined ? [] : [path.resolve(script)])],
    root: folder!.root,
    id: folder!.id,
    every: options.every,
    options: options.percent === undefined ? [] : ['--percent', String(options.percent)],
  });
  if (options.output === undefined) {
    const text = units.map((unit) => `# ${unit.name}\n${unit.text}\n`).join('');
    await world.output.write(new TextEncoder().encode(text));
    return exitStatus.ok;
  }
  await mkdir(options.output, { recursive: true });
  for (const unit of units) {
    await replaceFile(path.join(options.output, unit.name), [new TextEncoder().encode(unit.text)]);
    world.messages.write(`hashlane: wrote ${unit.name}\n`);
  }
  return exitStatus.ok;
}
