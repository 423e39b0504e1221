import type { Command } from 'commander';
import type { ExitStatus } from '../../exit-status.ts';
import { fileName } from '../../option-values.ts';
import type { World } from '../../world.ts';
import type { SignCommandOptions } from './sign.ts';

const notes = `
The key is made by 'minisign -G' or 'signify -G'; which of them it was, the file says. With a key of minisign
the signature is pre-hashed and goes into MANIFEST.minisig, with one of signify into MANIFEST.sig.

The passphrase of a key is asked for on the terminal. --passphrase-file takes it from the first line of a file
instead, such as /dev/fd/3, or from standard input (-). It is never an argument, which everybody could see.

Exit status: 0 signed; 1 the manifest or the key cannot be read, the passphrase is wrong, or the signature
cannot be written; 2 wrong usage; 130 interrupted.

Examples:
  hashlane -o SHA256SUMS release && hashlane sign --key minisign.key SHA256SUMS
  hashlane verify --signed-by minisign.pub SHA256SUMS
`;

/** Loaded when it is needed: the rest of the command starts without cryptography. */
const loaded = () => import('./sign.ts');

export function addSignCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  program
    .command('sign')
    .summary('sign a checksum file as minisign or signify do')
    .description('Signs a checksum file with a key of minisign or signify.')
    .usage('[options] --key FILE MANIFEST')
    .argument('<manifest>', 'the file to sign')
    .requiredOption('--key <file>', 'the secret key, as minisign or signify keep it', fileName)
    .option('--embed', 'write the signature and the text behind it into one file; keys of signify only')
    .option('--trusted-comment <text>', 'text that is signed, too; keys of minisign only')
    .option('--passphrase-file <file>', 'take the passphrase from the first line of FILE', fileName)
    .option('-o, --output <file>', 'write the signature to FILE', fileName)
    .addHelpText('after', notes)
    .action(async (manifest: string, options: SignCommandOptions) =>
      exit(await (await loaded()).sign(manifest, options, world)),
    );
}
