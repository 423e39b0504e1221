/** The results of a journal as a document: nothing but the journal is read. */

import type { BatchView } from '#shared/batch/reader.ts';
import type { Output } from '../../../base/output/types.ts';
import { nameText, shownName } from '../../../base/raw-names.ts';
import { JournalError } from '../../../store/journal-error.ts';
import { readStored } from '../../../store/stored-job.ts';
import { DocumentSink } from '../../../tasks/pipeline/document-sink.ts';
import { paintFor } from '../../color.ts';
import { FailedAttempt } from '../../errors.ts';
import { type ExitStatus, exitStatus } from '../../exit-status.ts';
import { baseNames } from '../../hash/base-names.ts';
import { Failures } from '../../hash/failures.ts';
import { openTarget, summaryJson } from '../../hash/hash.ts';
import { type HashOptions, type WriterOptions, writerOf } from '../../hash/options.ts';
import { terminalOutput } from '../../hash/terminal-output.ts';
import type { World } from '../../world.ts';
import { giveAll, rootBytes } from '../resume/journaled-run.ts';

export type PrintOptions = WriterOptions & Pick<HashOptions, 'base' | 'output' | 'force' | 'summaryJson'>;

/** The exit status is that of `hash`. Throws FailedAttempt. */
export async function printJournal(file: string, options: PrintOptions, world: World): Promise<ExitStatus> {
  const stored = await readStored(file).catch((error: unknown) => {
    throw new FailedAttempt(`cannot read the journal ${file}`, error);
  });
  const roots = stored.roots.map(rootBytes);
  const isRoot = (batch: BatchView, index: number): boolean => {
    const root = roots[batch.root(index)];
    return root !== undefined && Buffer.compare(root, batch.nameBytes(index)) === 0;
  };
  const failures = new Failures({
    isQuiet: false,
    file: undefined,
    paint: paintFor({ color: 'auto' }, world.messages, world),
  });
  const files: Output[] = [];
  try {
    const target = await openTarget(options.output ?? '-', files, options, world);
    const output = target.isTerminal ? terminalOutput(target, undefined) : target;
    const writer = writerOf(options);
    const names = options.base === undefined ? undefined : baseNames(options, roots.map(nameText), () => undefined);
    names?.setRoots(roots);
    const results = new DocumentSink({
      writer: names?.writer(writer) ?? writer,
      order: 'completion',
      write: (bytes) => output.write(bytes),
      onFailed: (batch, index) => failures.add(batch, index, isRoot(batch, index), world.messages),
      onRefused: (name, reason) => failures.addProblem(`${shownName(name)}: ${reason}`, world.messages),
      onFailure: () => undefined,
    });
    const given = await giveAll(stored.journal, results).catch((error: unknown) => {
      throw error instanceof JournalError ? new FailedAttempt(`cannot read the journal ${file}`, error) : error;
    });
    await results.finishJob(given);
    await results.finish();
    if (target !== world.output) await (target as Output).commit();
    if (options.summaryJson !== undefined) {
      const summary = await openTarget(options.summaryJson, files, options, world);
      await summary.write(summaryJson(results.totals, stored.seal?.totals.elapsedMs ?? 0));
      if (summary !== world.output) await (summary as Output).commit();
    }
    return failures.hasFailed ? exitStatus.failed : exitStatus.ok;
  } finally {
    await Promise.all(files.map((one) => one.discard()));
  }
}
