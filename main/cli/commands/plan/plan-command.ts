import { type Command, InvalidArgumentError, Option } from 'commander';
import { maxShards } from '#shared/shards/shard.ts';
import { formatCount, formatSize } from '#shared/text/quantities.ts';
import type { ExitStatus } from '../../exit-status.ts';
import { addFilterOptions, type FilterOptions, walkFilters } from '../../hash/filter-options.ts';
import type { HashOptions } from '../../hash/options.ts';
import { byteCount, fileName, wholeNumber } from '../../option-values.ts';
import type { World } from '../../world.ts';
import type { PlanCommandOptions } from './plan.ts';

const notes = `
ROOT is walked once, and nothing in it is read. DIR gets plan.json and one list for each part:
part-00000.list and so on. The parts have about the same number of bytes; 'hashlane hash --plan LIST
--journal FILE' hashes one of them, on any machine that sees ROOT under the same name, and 'hashlane
merge' puts the journals together. DIR is empty or not there yet, and lies outside ROOT.

What chooses files belongs to the plan; algorithms and formats are chosen later.

Exit status: 0 the plan is made; 1 it is not; 2 wrong usage; 130 interrupted.

Examples:
  hashlane plan /data --parts 64 -o plan
  hashlane hash --plan plan/part-00007.list --journal out/7.hlj > /dev/null
  hashlane merge out/*.hlj -o SHA256SUMS
`;

function partBytes(text: string): number {
  const bytes = byteCount(text);
  if (bytes === 0) throw new InvalidArgumentError('The minimum is 1.');
  return bytes;
}

export function addPlanCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  const command = program
    .command('plan')
    .summary('share a folder among several machines')
    .description('Walks a folder once and shares its files among parts of the same number of bytes.')
    .usage('[options] ROOT')
    .argument('<root>', 'a folder')
    .addOption(new Option('--parts <n>', 'how many parts').argParser(wholeNumber(1, maxShards)).conflicts('partBytes'))
    .addOption(new Option('--part-bytes <size>', 'how large the parts are, such as 1T').argParser(partBytes))
    .requiredOption('-o, --output <dir>', 'the folder for the plan', fileName);
  addFilterOptions(command)
    .addOption(new Option('--hidden', 'also files and folders whose name begins with a dot').default(true, 'yes'))
    .option('--no-hidden', 'leave them out')
    .option('--follow-symlinks', 'follow symbolic links met in folders')
    .option('--one-file-system', 'stay on the file system that ROOT is on')
    .addHelpText('after', notes)
    .action(async (root: string, given: PlanCommandOptions & FilterOptions & Partial<HashOptions>) => {
      // What it needs of Node takes longer to load than all the rest of the command.
      const { makePlan } = await import('./plan.ts');
      const { plan, failed, skipped } = await makePlan(root, { ...given, ...(await walkFilters(given)) }, world);
      const files = `${formatCount(plan.files)} files, ${formatSize(plan.bytes)}`;
      const others =
        failed + skipped > 0 ? `, of which ${formatCount(failed + skipped)} cannot be read or are skipped` : '';
      world.messages.write(`hashlane: ${plan.parts.length} parts: ${files}${others}\n`);
      exit(0);
    });
}
