import { type Command, Option } from 'commander';
import { validateObject } from '#shared/manifests/ocfl/validate-object.ts';
import { NodeTree } from '../../../tasks/tree/node-tree.ts';
import type { ExitStatus } from '../../exit-status.ts';
import type { World } from '../../world.ts';
import { runTask, statusOf, tell, writeJson, writeText } from '../manifests/run-task.ts';

export function addOcflCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  program
    .command('ocfl')
    .summary('validate OCFL objects')
    .description('Validates objects of the Oxford Common File Layout 1.0 and 1.1.')
    .command('validate')
    .description("Tells everything that is wrong with an object, by the specification's codes.")
    .argument('<dir>', 'the root of an object')
    .addOption(new Option('--format <format>', 'how the result is written').choices(['text', 'json']).default('text'))
    .action(async (dir: string, { format }: { readonly format: 'text' | 'json' }) => {
      const status = await runTask(world, async (digestFiles) => {
        const result = await validateObject(new NodeTree(dir, digestFiles));
        if (format === 'json') await writeJson(world, { verdict: result.valid ? 'ok' : 'failed', ...result });
        else {
          for (const { code, path, detail } of result.findings) tell(world, `${code} ${path ?? ''}: ${detail}`);
          for (const name of result.unchecked) tell(world, `not checked: fixity of ${name}`);
          await writeText(world, result.valid ? 'valid\n' : 'not valid\n');
        }
        return statusOf(result.valid);
      });
      exit(status);
    });
}
