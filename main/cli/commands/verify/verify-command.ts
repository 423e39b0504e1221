import { type Command, InvalidArgumentError, Option } from 'commander';
import { unlistedPolicies } from '#shared/verify/statuses.ts';
import { type UpdateAction, updateActions } from '../../../tasks/verify/update.ts';
import { addColorOption } from '../../color.ts';
import type { ExitStatus } from '../../exit-status.ts';
import { collect, fileName } from '../../option-values.ts';
import type { World } from '../../world.ts';
import { reportFormats, type VerifyCommandOptions, verify } from './verify.ts';

const notes = `
MANIFEST is a checksum file in any dialect that is known here, told by its content; '-' is standard
input. Files are looked for below the manifest's folder, or below --root. Names that lead out of it,
by themselves or over a link, are reported and never opened.

Each entry is ok, changed, missing, unreadable, moved, malformed, outside-root or not-comparable;
files below the root that no entry names are unlisted. A missing file whose content is found among
them is moved. For that they are read; --no-moved leaves it out.

--require takes a path below the root, or a pattern with * or ?, which without / is held against the
last segment. It fails the verification unless the file is listed and ok.

Signatures of minisign (MANIFEST.minisig) and signify (MANIFEST.sig, or before the text) are checked against
the keys of --signed-by, else against those of 'hashlane keys'. A bad one fails the verification, however well
the files are. One by a key that is not known, and one of PGP, is reported as not checked.

--update takes a comma separated list of add, drop and moves. The manifest is replaced as a whole; order,
comments and the form of its lines stay. What is changed stays as it is unless --accept names it.

Exit status: 0 all that is listed is as it should be; 1 anything else, also when nothing could be
checked; 2 wrong usage; 130 interrupted. Unlisted files fail it only with --unlisted fail.

Examples:
  hashlane verify SHA256SUMS
  hashlane verify --root /media/copy --unlisted fail --format html -o report.html SHA256SUMS
  hashlane verify --signed-by minisign.pub SHA256SUMS
  hashlane verify --require '*.iso' --unlisted ignore SHA256SUMS
`;

function actionList(text: string): readonly UpdateAction[] {
  const parts = text.split(',').map((part) => part.trim());
  const unknown = parts.find((part) => !updateActions.some((action) => action === part));
  if (unknown !== undefined) throw new InvalidArgumentError(`Expected ${updateActions.join(', ')}, not '${unknown}'.`);
  return parts as UpdateAction[];
}

export function addVerifyCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  const command = program
    .command('verify')
    .summary('verify files against checksum files')
    .description('Verifies the files below a folder against one or more checksum files.')
    .usage('[options] MANIFEST...')
    .argument('<manifest...>', 'checksum files, or - for standard input')
    .option('--root <dir>', "the folder that the names lie below (default: each manifest's own)", fileName)
    .option('--require <name>', 'fail unless NAME is listed and ok; may be given several times', collect)
    .option(
      '--signed-by <keyfile>',
      'fail unless each manifest is signed by the key of KEYFILE, or of another one given',
      collect,
    )
    .addOption(
      new Option('--unlisted <what>', 'files that no manifest names: report, ignore, or fail for them')
        .choices([...unlistedPolicies])
        .default('report'),
    )
    .option('--no-moved', 'do not look for missing files under other names')
    .option('-q, --quiet', 'print nothing when all is well, otherwise the failures and the verdict')
    .option('-v, --verbose', 'also list files that are ok')
    .addOption(new Option('--format <format>', 'how the report is written').choices([...reportFormats]).default('text'))
    .option(
      '--update <what>',
      'change the manifest: add what is unlisted, drop what is missing, follow moves',
      actionList,
    )
    .option('--accept <name>', 'give the entry NAME, which is changed, the digest that it has now', collect)
    .option('-o, --output <file>', 'write the report to FILE, whole or not at all', fileName);
  addColorOption(command)
    .addHelpText('after', notes)
    .action(
      async (manifests: readonly string[], given: Omit<VerifyCommandOptions, 'require' | 'accept' | 'signedBy'>) => {
        const options = { require: [], accept: [], signedBy: [], ...given } as VerifyCommandOptions;
        exit(await verify(manifests, options, world));
      },
    );
}
