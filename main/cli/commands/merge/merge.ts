/** `hashlane merge`: from journals to one document, a verdict and an exit status. */
import { readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BatchView } from '#shared/batch/reader.ts';
import type { ExportFormat } from '#shared/contract/models.ts';
import { ByteBuilder } from '#shared/formats/byte-builder.ts';
import { formatCount, formatSize } from '#shared/text/quantities.ts';
import type { UnlistedPolicy } from '#shared/verify/statuses.ts';
import type { Output } from '../../../base/output/types.ts';
import { nameBytes, shownName } from '../../../base/raw-names.ts';
import { JournalError } from '../../../store/journal-error.ts';
import { DataDigest } from '../../../tasks/merge/data-digest.ts';
import { mergeParts } from '../../../tasks/merge/merge.ts';
import { MergeProblems, openParts, type WholeJob } from '../../../tasks/merge/parts.ts';
import { RecordTotals } from '../../../tasks/pipeline/record-totals.ts';
import { paintFor } from '../../color.ts';
import { FailedAttempt, InterruptedError, UsageError } from '../../errors.ts';
import { type ExitStatus, exitStatus } from '../../exit-status.ts';
import { Failures } from '../../hash/failures.ts';
import { openTarget, summaryJson } from '../../hash/hash.ts';
import { checkUsage, type HashOptions, writerOf } from '../../hash/options.ts';
import { clearLine } from '../../hash/progress.ts';
import { terminalOutput } from '../../hash/terminal-output.ts';
import { standardStream } from '../../input/streams.ts';
import type { ByteSink, World } from '../../world.ts';
import { ManifestCheck } from './manifest-check.ts';

/** Written in pieces of about this many bytes. */
const pieceBytes = 1 << 18;

/** As the option parser gives them; names in the form of `nameText`. */
export interface MergeCommandOptions
  extends Pick<HashOptions, 'zero' | 'upper' | 'base64' | 'output' | 'force' | 'summaryJson' | 'quiet'> {
  readonly format: ExportFormat;
  readonly verify?: string;
  readonly root?: string;
  readonly unlisted: UnlistedPolicy;
}

/** Rejects with UsageError, FailedAttempt, InterruptedError. */
export async function merge(given: readonly string[], options: MergeCommandOptions, world: World): Promise<ExitStatus> {
  if (options.root !== undefined && options.verify === undefined) throw new UsageError('--root is for --verify');
  if (options.verify !== undefined && options.output === standardStream) {
    throw new UsageError('with --verify standard output has the verdict: give -o a file');
  }
  try {
    const job = await openParts(journalsOf(given), world.interruption);
    checkUsage(['.'], {
      ...options,
      algorithm: job.spec.algorithms,
      order: 'walk',
      progress: 'never',
      color: 'auto',
      include: [],
      exclude: [],
    });
    return await write(job, options, world);
  } catch (error) {
    if (world.interruption.aborted) throw new InterruptedError();
    if (error instanceof JournalError) throw new FailedAttempt('cannot read the journals', error);
    if (!(error instanceof MergeProblems)) throw error;
    for (const problem of error.problems) world.messages.write(`hashlane: ${problem}\n`);
    world.messages.write('hashlane: nothing was written\n');
    return exitStatus.failed;
  }
}

/** Folders stand for the journals in them. Throws FailedAttempt. */
function journalsOf(given: readonly string[]): string[] {
  return given.flatMap((name) => {
    if (statSync(name, { throwIfNoEntry: false })?.isDirectory() !== true) return [name];
    try {
      const found = readdirSync(name).filter((file) => file.endsWith('.hlj'));
      return found.sort().map((file) => path.join(name, file));
    } catch (error) {
      throw new FailedAttempt(`cannot read the folder ${shownName(nameBytes(name))}`, error);
    }
  });
}

async function write(job: WholeJob, options: MergeCommandOptions, world: World): Promise<ExitStatus> {
  const { messages } = world;
  const files: Output[] = [];
  const isWritten = options.output !== undefined || options.verify === undefined;
  const to = options.output ?? standardStream;
  const folder = isWritten && options.output !== undefined ? folderOf(to) : tmpdir();
  let check: ManifestCheck | undefined;
  try {
    const target = isWritten ? await openTarget(to, files, options, world) : undefined;
    const summary =
      options.summaryJson === undefined ? undefined : await openTarget(options.summaryJson, files, options, world);
    if (options.verify !== undefined) check = await ManifestCheck.open(options.verify, options, folder, world);
    const failures = new Failures({
      isQuiet: options.quiet === true,
      file: undefined,
      paint: paintFor({ color: 'auto' }, messages, world),
    });
    const document = new Document(job, options, target, failures, world);
    await mergeParts(job, {
      folder,
      signal: world.interruption,
      record(batch, index) {
        const checked = check?.take(batch, index);
        const written = document.record(batch, index);
        return checked !== undefined && written !== undefined ? checked.then(() => written) : (checked ?? written);
      },
      sorted: (count) => showSorted(world, count, job.parts.length),
    });
    await document.end();
    const isAsListed = check === undefined ? true : await check.end();
    for (const file of files) if (file === target) await file.commit();
    const { totals } = document;
    const digest = document.digest.end();
    await summary?.write(mergedSummary(totals, job, digest));
    for (const file of files) if (file === summary) await file.commit();
    messages.write(
      `hashlane: ${job.parts.length} parts, ${formatCount(totals.files)} files, ${formatSize(totals.bytes)}; data set sha256 ${digest}\n`,
    );
    return failures.hasFailed || !isAsListed ? exitStatus.failed : exitStatus.ok;
  } finally {
    await check?.close();
    await Promise.all(files.map((file) => file.discard()));
  }
}

function folderOf(output: string): string {
  const isStream = output === standardStream || output.startsWith('/dev/');
  return isStream ? tmpdir() : path.dirname(path.resolve(output));
}

function showSorted({ messages, environment }: World, count: number, parts: number): void {
  if (!messages.isTerminal || environment.TERM === 'dumb') return;
  messages.write(count < parts ? `\r${count}/${parts} parts are sorted\x1b[K` : clearLine);
}

function mergedSummary(totals: RecordTotals, { parts }: WholeJob, dataDigest: string): Uint8Array {
  const elapsedMs = parts.reduce((sum, { seal }) => sum + seal.totals.elapsedMs, 0);
  const plain = JSON.parse(Buffer.from(summaryJson(totals, elapsedMs)).toString()) as object;
  return Buffer.from(`${JSON.stringify({ ...plain, parts: parts.length, dataDigest })}\n`);
}

/** The results as one document, with the same words about what has no digest as `hash` has. */
class Document {
  readonly totals = new RecordTotals();
  readonly digest: DataDigest;
  readonly #writer;
  readonly #out = new ByteBuilder(pieceBytes * 2);
  readonly #target: ByteSink | undefined;
  readonly #failures: Failures;
  readonly #world: World;
  readonly #root: Uint8Array;

  constructor(
    { spec, root }: WholeJob,
    options: MergeCommandOptions,
    target: ByteSink | undefined,
    failures: Failures,
    world: World,
  ) {
    this.digest = new DataDigest(spec.algorithms, root);
    this.#writer = writerOf({ ...options, algorithm: spec.algorithms });
    this.#target = target?.isTerminal === true ? terminalOutput(target, undefined) : target;
    this.#failures = failures;
    this.#world = world;
    this.#root = root;
    this.#writer.begin(this.#out);
  }

  record(batch: BatchView, index: number): Promise<void> | undefined {
    const hasDigests = this.totals.count(batch, index);
    if (hasDigests) this.digest.add(batch, index);
    else
      this.#failures.add(batch, index, Buffer.compare(this.#root, batch.nameBytes(index)) === 0, this.#world.messages);
    if (this.#target === undefined) return undefined;
    const refusal = hasDigests ? this.#writer.refusal?.(batch, index) : undefined;
    if (refusal !== undefined) {
      this.#failures.addProblem(`${shownName(batch.nameBytes(index))}: ${refusal}`, this.#world.messages);
      return undefined;
    }
    this.#writer.record(this.#out, batch, index);
    return this.#out.length < pieceBytes ? undefined : this.#flush();
  }

  async end(): Promise<void> {
    if (this.#target === undefined) return;
    this.#writer.end(this.#out);
    await this.#flush();
  }

  async #flush(): Promise<void> {
    if (this.#out.length > 0) await this.#target!.write(this.#out.written);
    this.#out.clear();
    await this.#world.messages.drained();
  }
}
