/** `hashlane hash --plan` and `--shard`: one machine's share of the work. */
import { printJournal } from '../commands/jobs/print-journal.ts';
import { isDone } from '../commands/resume/journaled-run.ts';
import type { ExitStatus } from '../exit-status.ts';
import { sortOperands } from '../input/operands.ts';
import type { World } from '../world.ts';
import { hashOperands } from './hash.ts';
import { checkUsage, type HashOptions } from './options.ts';
import { shareOf } from './share.ts';

/** As `hash`. A share that is done already is printed from its journal: an array may start each task again. */
export async function hashShare(paths: readonly string[], given: HashOptions, world: World): Promise<ExitStatus> {
  checkUsage(paths, given);
  const share = await shareOf(paths, given, world);
  const { planned } = share;
  const options = planned === undefined ? given : { ...given, ...planned.walk };
  const operands =
    planned === undefined ? sortOperands(paths, world) : { roots: [planned.root], streams: [], empty: 0 };
  const { journal } = options;
  const done = journal !== undefined && (await isDone(journal, operands.roots, options, share.part));
  return done ? printJournal(journal, options, world) : hashOperands(operands, options, world, share);
}
