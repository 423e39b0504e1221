import { type Command, Option } from 'commander';
import { addColorOption } from '../../color.ts';
import type { ExitStatus } from '../../exit-status.ts';
import type { World } from '../../world.ts';
import { type CheckOptions, check } from './check.ts';

const notes = `
EXPECTED is a digest in any form (hex, with spaces or colons; base64, base64url, base32, Nix base32;
sha256:..., SRI, a multihash, a CID of raw data), an ed2k or magnet link, a line or the text of a
checksum file, GitHub's answer about a release, or a second file; '-' reads it from standard input.
The algorithm is told by form and length; where several fit, all are tried in one read. A checksum
file that names FILE says what it should be; any other file is compared with FILE.

A CRC-32 in the name of FILE, as in [ABCD1234], is shown as evidence of its own.

Exit status: 0 every FILE is OK; 1 one is DIFFERENT or could not be read; 2 wrong usage; 130
interrupted.

Examples:
  hashlane check 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 disk.iso
  hashlane check sha256:9f86d0... disk.iso
  hashlane check disk.iso /media/copy/disk.iso
`;

export function addCheckCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  const command = program
    .command('check')
    .summary('check files against a digest, a link or a second file')
    .description('Says of each FILE whether it is what EXPECTED says: OK or DIFFERENT.')
    .usage('[options] EXPECTED FILE...')
    .argument('<expected>', 'a digest in any form, a link, a line of a checksum file, or a second file')
    .argument('<file...>', 'the files to check')
    .addOption(new Option('--format <format>', 'how the answer is written').choices(['text', 'json']).default('text'));
  addColorOption(command)
    .addHelpText('after', notes)
    .action(async (expected: string, files: readonly string[], options: CheckOptions) => {
      exit(await check(expected, files, options, world));
    });
}
