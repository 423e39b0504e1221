import { hostname } from 'node:os';
import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { fileInfo, flattenRecords, referencesOf } from '#shared/manifests/ascmhl/history.ts';
import { defaultIgnore } from '#shared/manifests/ascmhl/ignore.ts';
import { type MhlFormat, type MhlManifest, mhlFormats } from '#shared/manifests/ascmhl/model.ts';
import { writeManifest } from '#shared/manifests/ascmhl/write-manifest.ts';
import { findHistories, type Histories, historyOf, relativeTo } from '../../../tasks/mhl/histories.ts';
import { type SealResult, sealFolder } from '../../../tasks/mhl/seal.ts';
import { NodeTree } from '../../../tasks/tree/node-tree.ts';
import { type ExitStatus, exitStatus } from '../../exit-status.ts';
import { collect } from '../../option-values.ts';
import { version } from '../../version.ts';
import type { World } from '../../world.ts';
import { runTask, statusOf, tell, writeJson, writeText } from '../manifests/run-task.ts';
import { checkClassic, createClassic, verifyClassic } from './classic.ts';

function formatList(text: string): readonly MhlFormat[] {
  const formats = text.split(',').map((part) => part.trim().toLowerCase());
  const unknown = formats.find((format) => !(mhlFormats as readonly string[]).includes(format));
  if (unknown !== undefined) throw new InvalidArgumentError(`Expected some of ${mhlFormats.join(', ')}.`);
  return formats as MhlFormat[];
}

interface Sealing {
  readonly algorithm: readonly MhlFormat[];
  readonly ignore?: readonly string[];
  readonly format: 'text' | 'json';
  readonly classic?: true;
}

/** Problems of histories, which make every answer doubtful. */
function tellProblems(world: World, { found }: Histories): boolean {
  for (const { folder, history } of found)
    for (const { code, path: name, detail } of history.problems)
      tell(world, `${code} ${path.posix.join(folder, 'ascmhl', name)}${detail === undefined ? '' : `: ${detail}`}`);
  return found.every(({ history }) => history.problems.length === 0);
}

async function tellResult(world: World, result: SealResult, format: 'text' | 'json'): Promise<ExitStatus> {
  if (format === 'json') await writeJson(world, { verdict: result.ok ? 'ok' : 'failed', ...result });
  else {
    for (const { code, path: name, detail } of result.problems)
      tell(world, `${code} ${name}${detail === undefined ? '' : `: ${detail}`}`);
    for (const finding of result.findings) {
      const { expected, actual, previousPath } = {
        expected: undefined,
        actual: undefined,
        previousPath: undefined,
        ...finding,
      };
      const more =
        expected !== undefined
          ? `: expected ${expected}, found ${actual}`
          : previousPath !== undefined
            ? `: was ${previousPath}`
            : '';
      tell(world, `${finding.code} ${finding.path}${more}`);
    }
    for (const name of result.written) tell(world, `wrote ${name}`);
    await writeText(world, `${result.ok ? 'ok' : 'failed'}: ${result.files} files\n`);
  }
  return statusOf(result.ok);
}

export function addMhlCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  const mhl = program
    .command('mhl')
    .summary('seal and verify folders with ASC MHL')
    .description('Keeps a history of a folder by ASC MHL 2.0, in its folder ascmhl.');

  const addSealing = (name: string, description: string): void => {
    mhl
      .command(name)
      .description(description)
      .argument('<dir>', name === 'verify' ? 'a folder; with --classic a list' : 'a folder')
      .addOption(
        new Option('-a, --algorithm <list>', `some of ${mhlFormats.join(', ')}`)
          .argParser(formatList)
          .default(['xxh64'], 'xxh64'),
      )
      .option('--ignore <pattern>', "leave out, in gitignore's syntax; may be given several times", collect)
      .addOption(new Option('--format <format>', 'how the result is written').choices(['text', 'json']).default('text'))
      .option('--classic', 'classic MHL: one list beside the files, by md5, sha1 or xxh64, and no history')
      .action(async (dir: string, { algorithm, ignore = [], format, classic }: Sealing) => {
        if (classic) checkClassic(algorithm, ignore);
        const status = await runTask(world, async (digestFiles) => {
          if (classic && name === 'create') return createClassic(dir, algorithm, world, digestFiles);
          if (classic) return verifyClassic(dir, format, world);
          if (name === 'verify') {
            const histories = await findHistories(new NodeTree(dir, digestFiles), defaultIgnore);
            if (histories.found.every(({ history }) => history.chain.length + history.problems.length === 0)) {
              tell(world, `hashlane: no history: ${dir}`);
              return exitStatus.failed;
            }
          }
          const own = { hostname: hostname(), tool: 'hashlane', toolVersion: version, now: new Date(), digestFiles };
          return tellResult(world, await sealFolder(dir, { formats: algorithm, ignore, write: true, ...own }), format);
        });
        exit(status);
      });
  };
  addSealing('create', 'Hashes every file and writes a generation; files that are known are verified.');
  addSealing('verify', 'Verifies against the history, and writes a generation with what was verified and what failed.');

  const addReading = (
    name: string,
    description: string,
    action: (histories: Histories, file: string | undefined) => Promise<boolean>,
  ): void => {
    const command = mhl.command(name).description(description).argument('<dir>', 'a folder with a history');
    if (name === 'info') command.argument('<file>', 'a file, relative to DIR');
    command.action(async (dir: string, file: unknown) => {
      const status = await runTask(world, async (digestFiles) => {
        const histories = await findHistories(new NodeTree(dir, digestFiles), defaultIgnore);
        const sound = tellProblems(world, histories);
        return statusOf((await action(histories, typeof file === 'string' ? file : undefined)) && sound);
      });
      exit(status);
    });
  };

  addReading(
    'info',
    "Prints every generation's word on a file, the oldest first, as JSON.",
    async ({ found }, file = '') => {
      const one = historyOf(found, file);
      const events = fileInfo(one.history, relativeTo(one.folder, file));
      await writeJson(world, events);
      return events.length > 0;
    },
  );

  addReading('diff', 'Tells missing and new files by their names; nothing is hashed.', async ({ found, entries }) => {
    const present = new Set(entries.filter(({ kind }) => kind === 'file').map((entry) => entry.path));
    const known = new Set(
      found.flatMap(({ folder, history }) =>
        [...referencesOf(history).keys()].map((name) => path.posix.join(folder, name)),
      ),
    );
    const missing = [...known].filter((name) => !present.has(name));
    for (const name of missing) tell(world, `missing ${name}`);
    for (const name of present) if (!known.has(name)) tell(world, `new ${name}`);
    await writeText(world, `${missing.length === 0 ? 'ok' : 'failed'}: ${missing.length} missing\n`);
    return missing.length === 0;
  });

  addReading('flatten', 'Prints one manifest with all that the history and nested ones know.', async ({ found }) => {
    const records = found.flatMap(({ folder, history }) =>
      flattenRecords(history).map((record) => ({ ...record, path: path.posix.join(folder, record.path) })),
    );
    const manifest: MhlManifest = {
      creationDate: `${new Date().toISOString().slice(0, 19)}+00:00`,
      hostname: hostname(),
      tool: 'hashlane',
      toolVersion: version,
      authors: [],
      process: 'flatten',
      ignore: found.at(-1)?.ignore ?? [],
      records: records.sort((a, b) => (a.path < b.path ? -1 : 1)),
      references: [],
    };
    await writeText(world, writeManifest(manifest));
    return records.length > 0;
  });
}
