import { type Command, InvalidArgumentError, Option } from 'commander';
import type { BagInfoField } from '#shared/manifests/bagit/bag-info.ts';
import { findingText } from '#shared/manifests/bagit/findings.ts';
import { readBag } from '#shared/manifests/bagit/read-bag.ts';
import { type BagLevel, validateBag } from '#shared/manifests/bagit/validate.ts';
import { createBagBeside, createBagInPlace } from '../../../tasks/bag/create-bag.ts';
import { BagNotUpdatedError, updateBag } from '../../../tasks/bag/update-bag.ts';
import { NodeTree } from '../../../tasks/tree/node-tree.ts';
import { type ExitStatus, exitStatus } from '../../exit-status.ts';
import { algorithmList } from '../../option-values.ts';
import { version } from '../../version.ts';
import type { World } from '../../world.ts';
import { runTask, statusOf, tell, writeJson, writeText } from '../manifests/run-task.ts';

const notes = `
Findings go to standard error, one a line: severity, code, name, the tag file that says so. Exit
status: 0 the bag is valid, perhaps with warnings; 1 it is not; 2 wrong usage; 130 interrupted.
`;

function infoField(text: string, before: readonly BagInfoField[] = []): readonly BagInfoField[] {
  const parts = /^([^:\r\n]+)[:=](.*)$/s.exec(text);
  if (parts === null) throw new InvalidArgumentError('Expected LABEL=VALUE.');
  return [...before, { label: parts[1]!.trim(), value: parts[2]!.trim() }];
}

interface Fields {
  readonly info?: readonly BagInfoField[];
  readonly algorithm?: readonly string[];
}

export function addBagCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  const bag = program
    .command('bag')
    .summary('make, validate and update BagIt bags')
    .description('Makes, validates and updates bags of BagIt 1.0 (RFC 8493), and reads 0.93 to 0.97.');
  const info = () =>
    new Option('--info <field>', 'LABEL=VALUE of bag-info.txt; may be given several times').argParser(infoField);
  const algorithms = () => new Option('-a, --algorithm <list>', 'comma separated names').argParser(algorithmList);

  bag
    .command('create')
    .description(
      'Makes DIR itself a bag, or makes one beside it with --to. Killed, it goes on when it is called again.',
    )
    .argument('<dir>', 'a folder')
    .addOption(algorithms().default(undefined, 'sha512'))
    .addOption(info())
    .option('--to <bag>', 'copy into a new bag and leave DIR as it is')
    .action(
      async (dir: string, { info: given = [], algorithm = ['sha512'], to }: Fields & { readonly to?: string }) => {
        const status = await runTask(world, async (digestFiles) => {
          const dated = given.some(({ label }) => label.toLowerCase() === 'bagging-date')
            ? given
            : [...given, { label: 'Bagging-Date', value: new Date().toISOString().slice(0, 10) }];
          const fields = [...dated, { label: 'Bag-Software-Agent', value: `Hashlane ${version}` }];
          const options = { algorithms: algorithm, info: fields, digestFiles };
          const made =
            to === undefined ? await createBagInPlace(dir, options) : await createBagBeside(dir, to, options);
          const what =
            made.outcome === 'resumed'
              ? 'completed the bag that was begun'
              : `${made.files} files, ${made.bytes} bytes`;
          await writeText(world, `created: ${what}\n`);
          return exitStatus.ok;
        });
        exit(status);
      },
    );

  bag
    .command('validate')
    .description('Validates a bag and tells everything that is wrong with it in one run.')
    .argument('<dir>', 'a bag')
    .addOption(
      new Option('--level <level>', 'oxum: totals; complete: and names; valid: and digests')
        .choices(['oxum', 'complete', 'valid'])
        .default('valid'),
    )
    .addOption(new Option('--format <format>', 'how the result is written').choices(['text', 'json']).default('text'))
    .addHelpText('after', notes)
    .action(async (dir: string, { level, format }: { readonly level: BagLevel; readonly format: 'text' | 'json' }) => {
      const status = await runTask(world, async (digestFiles) => {
        const result = await validateBag(new NodeTree(dir, digestFiles), level);
        if (format === 'json') await writeJson(world, { verdict: result.valid ? 'ok' : 'failed', ...result });
        else {
          for (const finding of result.findings) tell(world, findingText(finding));
          const word = { oxum: 'as its Payload-Oxum says', complete: 'complete', valid: 'valid' }[level];
          const { octets, streams } = result.payload;
          await writeText(world, `${result.valid ? word : `not ${word}`}: ${streams} files, ${octets} bytes\n`);
        }
        return statusOf(result.valid);
      });
      exit(status);
    });

  bag
    .command('update')
    .description('Writes the manifests anew. A file that fails its present digest is never given a new one.')
    .argument('<dir>', 'a bag')
    .addOption(algorithms())
    .addOption(info())
    .option('--accept-added', 'files without an entry become payload')
    .option('--accept-removed', 'entries without a file go')
    .action(async (dir: string, options: Fields & { readonly acceptAdded?: true; readonly acceptRemoved?: true }) => {
      const status = await runTask(world, async (digestFiles) => {
        const accept = { added: options.acceptAdded === true, removed: options.acceptRemoved === true };
        try {
          const done = await updateBag(dir, {
            addAlgorithms: options.algorithm ?? [],
            info: options.info ?? [],
            accept,
            digestFiles,
          });
          await writeText(
            world,
            `updated: ${done.added.length} added, ${done.removed.length} removed, ${done.algorithms.join(', ')}\n`,
          );
          return exitStatus.ok;
        } catch (error) {
          if (error instanceof BagNotUpdatedError)
            for (const finding of error.findings) tell(world, findingText(finding));
          throw error;
        }
      });
      exit(status);
    });

  bag
    .command('info')
    .description('Prints what bagit.txt and bag-info.txt say, as JSON.')
    .argument('<dir>', 'a bag')
    .action(async (dir: string) => {
      const status = await runTask(world, async (digestFiles) => {
        const problems: string[] = [];
        const read = await readBag(new NodeTree(dir, digestFiles), false, (finding) => {
          if (finding.severity === 'error') problems.push(findingText(finding));
        });
        for (const problem of problems) tell(world, problem);
        const manifests = read.manifests.map(({ file, kind, algorithm }) => ({ file, kind, algorithm }));
        await writeJson(world, { ...read.declaration, info: read.info, manifests });
        return statusOf(problems.length === 0);
      });
      exit(status);
    });
}
