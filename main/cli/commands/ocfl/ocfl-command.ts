import { readdir } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { type OcflResult, validateObject } from '#shared/manifests/ocfl/validate-object.ts';
import { isStorageRoot, type OcflRootResult, validateStorageRoot } from '#shared/manifests/ocfl/validate-root.ts';
import { NodeTree } from '../../../tasks/tree/node-tree.ts';
import type { ExitStatus } from '../../exit-status.ts';
import type { World } from '../../world.ts';
import { runTask, statusOf, tell, writeJson, writeText } from '../manifests/run-task.ts';

function tellObject(world: World, folder: string, { findings, unchecked }: OcflResult): void {
  for (const { code, path = '', detail } of findings) tell(world, `${code} ${folder}${path}: ${detail}`);
  for (const name of unchecked) tell(world, `not checked: ${folder} fixity of ${name}`);
}

async function tellRoot(world: World, result: OcflRootResult, format: 'text' | 'json'): Promise<ExitStatus> {
  if (format === 'json')
    await writeJson(world, {
      verdict: result.valid ? 'ok' : 'failed',
      ...result,
      objects: Object.fromEntries(result.objects),
    });
  else {
    for (const { code, path = '', detail } of result.findings) tell(world, `${code} ${path}: ${detail}`);
    for (const [folder, object] of result.objects) tellObject(world, `${folder}/`, object);
    await writeText(world, `${result.valid ? 'valid' : 'not valid'}: ${result.objects.size} objects\n`);
  }
  return statusOf(result.valid);
}

export function addOcflCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  program
    .command('ocfl')
    .summary('validate OCFL objects')
    .description('Validates objects of the Oxford Common File Layout 1.0 and 1.1.')
    .command('validate')
    .description("Tells everything that is wrong with an object or a storage root, by the specification's codes.")
    .argument('<dir>', 'an object or a storage root')
    .addOption(new Option('--format <format>', 'how the result is written').choices(['text', 'json']).default('text'))
    .action(async (dir: string, { format }: { readonly format: 'text' | 'json' }) => {
      const status = await runTask(world, async (digestFiles) => {
        const tree = new NodeTree(dir, digestFiles);
        if (isStorageRoot(await readdir(dir))) return tellRoot(world, await validateStorageRoot(tree), format);
        const result = await validateObject(tree);
        if (format === 'json') await writeJson(world, { verdict: result.valid ? 'ok' : 'failed', ...result });
        else {
          tellObject(world, '', result);
          await writeText(world, result.valid ? 'valid\n' : 'not valid\n');
        }
        return statusOf(result.valid);
      });
      exit(status);
    });
}
