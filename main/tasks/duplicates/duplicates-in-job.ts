/** Duplicates among the results of a finished job: nothing is read again, so nothing is known of what changed since. */

import { recordFlags } from '#shared/batch/layout.ts';
import type { BatchView } from '#shared/batch/reader.ts';
import { type DuplicateGroup, type Duplicates, reclaimable } from '#shared/duplicates/groups.ts';
import { type AlgorithmName, algorithm } from '#shared/tables/algorithms.ts';
import { failedStatuses } from '#shared/tables/statuses.ts';
import { ByteTable } from '#shared/verify/byte-table.ts';
import { Column } from '#shared/verify/columns.ts';
import { FailedAttempt } from '../../base/failed-attempt.ts';
import { nameBytes, shownName } from '../../base/raw-names.ts';
import { JournalError } from '../../store/journal-error.ts';
import type { Steps } from '../pipeline/stepped-task.ts';
import { FinishedJob } from '../stored/finished-job.ts';
import { groupsOf } from './groups-of.ts';

const fits = ['checksum', 'broken', 'secure'];

/** `journal` in the form of `nameText`. Rejects with FailedAttempt, among others where the digests are no evidence. */
export async function findDuplicatesInJob(
  journal: string,
  { minSize }: { readonly minSize: number },
  steps: Steps,
): Promise<Duplicates> {
  const job = await FinishedJob.open(journal);
  const paths = new ByteTable();
  const contents = new ByteTable();
  /** By file: its size; its content, which is all of its digests; what the file system knows it by, where it has several names. */
  const sizes = new Column(Float64Array, -1);
  const contentOf = new Column(Uint32Array);
  const identities = new Map<number, string>();
  const unreadable: { path: Uint8Array; code: string }[] = [];
  let names: readonly AlgorithmName[] = [];
  let files = 0;
  for await (const batch of job.results()) {
    await steps.checkpoint();
    for (let index = 0; index < batch.count; index++) {
      const status = batch.status(index);
      if (failedStatuses.has(status))
        unreadable.push({ path: batch.nameBytes(index).slice(), code: batch.errorCode(index) });
      if (status !== 'ok' || batch.size(index) < minSize) continue;
      const file = paths.add(batch.nameBytes(index));
      if (sizes.at(file) >= 0) continue;
      names = batch.algorithms;
      files++;
      sizes.set(file, batch.size(index));
      contentOf.set(file, contents.add(Buffer.concat(names.map((name) => batch.digest(index, name)!))));
      const identity = identityOf(batch, index);
      if (identity !== null) identities.set(file, identity);
    }
  }
  const best = strongest(journal, names, files);
  const start = names.slice(0, names.indexOf(best)).reduce((sum, name) => sum + algorithm(name).digestLength, 0);
  const groups = groupsOf(
    Array.from({ length: paths.count }, (_, file) => file),
    (file) => `${sizes.at(file)} ${contentOf.at(file)}`,
  ).flatMap((group): DuplicateGroup[] => {
    const copies = copiesOf(group, identities).map((same) => {
      const [path, ...links] = same.map((file) => paths.bytes(file)).sort(Buffer.compare);
      return { path: path!, links };
    });
    if (copies.length < 2) return [];
    const digest = contents.bytes(contentOf.at(group[0]!)).slice(start, start + algorithm(best).digestLength);
    copies.sort((a, b) => Buffer.compare(a.path, b.path));
    return [{ size: sizes.at(group[0]!), digest, copies }];
  });
  groups.sort((a, b) => reclaimable(b) - reclaimable(a) || Buffer.compare(a.copies[0]!.path, b.copies[0]!.path));
  return { algorithm: best, groups, files, unreadable };
}

/** Throws FailedAttempt where equal digests do not mean equal files. */
function strongest(journal: string, names: readonly AlgorithmName[], files: number): AlgorithmName {
  const rank = (name: AlgorithmName): number => fits.indexOf(algorithm(name).fit) * 1000 + algorithm(name).digestLength;
  const [best = 'sha256'] = [...names].sort((a, b) => rank(b) - rank(a));
  if (files > 0 && algorithm(best).fit === 'checksum') {
    throw new FailedAttempt(
      `cannot search the job ${shownName(nameBytes(journal))} for duplicates`,
      new JournalError('JOURNAL_FORMAT', `${algorithm(best).label} is equal for different files, too`),
    );
  }
  return best;
}

const identityBuffer = Buffer.alloc(32);

/** Equal for two names of one file: its number, size and times. Null where it has one name, or nobody noted them. */
function identityOf(batch: BatchView, index: number): string | null {
  const wanted = recordFlags.hardLink | recordFlags.identity;
  if ((batch.flags(index) & wanted) !== wanted) return null;
  batch.identityInto(index, identityBuffer);
  return identityBuffer.toString('latin1');
}

/** The files of one content, those together that are names of one file. */
function copiesOf(files: readonly number[], identities: ReadonlyMap<number, string>): number[][] {
  const copies = new Map<string | number, number[]>();
  for (const file of files) {
    const key = identities.get(file) ?? file;
    const copy = copies.get(key);
    if (copy === undefined) copies.set(key, [file]);
    else copy.push(file);
  }
  return [...copies.values()];
}
