import type { Command } from 'commander';
import type { ExitStatus } from '../../exit-status.ts';
import { fileName } from '../../option-values.ts';
import type { World } from '../../world.ts';

const notes = `
KEYFILE is a public key of minisign or signify, KEY the name or the number of a key that is trusted.
'hashlane verify' checks signatures against these keys where --signed-by names no other.

Exit status: 0 done; 1 there is no such key, or it could not be read or written; 2 wrong usage.
`;

const actions = () => import('./actions.ts');

export function addKeysCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  const keys = program
    .command('keys')
    .summary('the keys whose signatures are trusted')
    .description('Keeps the public keys that signed checksum files are verified against.')
    .addHelpText('after', notes);

  keys
    .command('list')
    .description('Lists the keys that are trusted.')
    .option('--json', 'one JSON object a line')
    .action(async (options: { json?: true }) => exit(await (await actions()).list(options, world)));

  keys
    .command('add')
    .description('Trusts the key of a file from now on.')
    .argument('<keyfile>', 'a public key', fileName)
    .option('--name <name>', 'what to call it; default: as the file is called')
    .action(async (file: string, options: { name?: string }) =>
      exit(await (await actions()).add(file, options, world)),
    );

  keys
    .command('name')
    .description('Calls a key that is trusted otherwise.')
    .argument('<key>', 'its name or number')
    .argument('<name>', 'what to call it')
    .action(async (key: string, name: string) => exit(await (await actions()).rename(key, name, world)));

  keys
    .command('remove')
    .description('Trusts keys no longer.')
    .argument('<key...>', 'their names or numbers')
    .action(async (given: readonly string[]) => exit(await (await actions()).remove(given, world)));
}
