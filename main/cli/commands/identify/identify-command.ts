import { stat } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { nameBytes, shownName } from '../../../base/raw-names.ts';
import { dirHash, swhid } from '../../../tasks/identify/folder-identity.ts';
import { NoIdentityError, reading } from '../../../tasks/identify/walk.ts';
import type { ExitStatus } from '../../exit-status.ts';
import type { World } from '../../world.ts';
import { runTask, statusOf, writeJson, writeText } from '../manifests/run-task.ts';

interface IdentifyOptions {
  readonly as: 'swhid' | 'dirhash';
  readonly prefix: string;
  readonly format: 'text' | 'json';
}

export function addIdentifyCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  program
    .command('identify')
    .summary('name a whole folder: SWHID or dirHash')
    .description(
      'Gives the name that Software Heritage (SWHID) or Go and in-toto (dirHash) give a folder. ' +
        'A file has a SWHID, too. Links are not followed for SWHID.',
    )
    .argument('<path...>', 'folders, or files')
    .addOption(new Option('--as <name>', 'which name').choices(['swhid', 'dirhash']).default('swhid'))
    .option('--prefix <name>', 'with dirhash: what goes before every name, such as a module and its version', '')
    .addOption(new Option('--format <format>', 'how the result is written').choices(['text', 'json']).default('text'))
    .action(async (paths: string[], options: IdentifyOptions) => {
      exit(
        await runTask(world, async (_, engine) => {
          for (const path of paths) {
            const target = Buffer.from(nameBytes(path));
            if (options.as === 'dirhash' && !(await reading(target, stat(target))).isDirectory())
              throw new NoIdentityError(`this is no folder: ${path}`);
            const name =
              options.as === 'swhid'
                ? await swhid(target, engine, world.interruption)
                : await dirHash(target, options.prefix, engine, world.interruption);
            const shown = shownName(nameBytes(path));
            if (options.format === 'json') await writeJson(world, { path: shown, [options.as]: name });
            else await writeText(world, `${name}  ${shown}\n`);
          }
          return statusOf(true);
        }),
      );
    });
}
