/** Classic MHL: one list in XML beside the files, without a history. */
import { readFile } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { MhlError, type MhlFormat } from '#shared/manifests/ascmhl/model.ts';
import { type ClassicEntry, parseClassic, writeClassic } from '#shared/manifests/mhl/classic.ts';
import type { DigestFiles } from '#shared/manifests/tree.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { reportJson } from '#shared/verify/report/json.ts';
import { reportText } from '#shared/verify/report/text.ts';
import { openOutput } from '../../../base/output/output.ts';
import { nameBytes, shownName } from '../../../base/raw-names.ts';
import { NodeTree } from '../../../tasks/tree/node-tree.ts';
import { reportOf } from '../../../tasks/verify/report-of.ts';
import { verifyManifests } from '../../../tasks/verify/verify-parts.ts';
import { FailedAttempt, UsageError } from '../../errors.ts';
import { type ExitStatus, exitStatus } from '../../exit-status.ts';
import { runOnEngine } from '../../steps/run-steps.ts';
import { version } from '../../version.ts';
import type { World } from '../../world.ts';
import { statusOf, tell, writeText } from '../manifests/run-task.ts';

const classicFormats: readonly MhlFormat[] = ['md5', 'sha1', 'xxh64'];

/** What is larger is no list of a card or a folder. */
const maxListBytes = 1 << 30;

const seconds = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

/** Throws UsageError. */
export function checkClassic(formats: readonly MhlFormat[], ignore: readonly string[]): void {
  if (ignore.length > 0) throw new UsageError('--ignore is of ASC MHL, not of --classic');
  const unknown = formats.find((format) => !classicFormats.includes(format));
  if (unknown !== undefined) throw new UsageError(`classic MHL takes ${classicFormats.join(', ')}, not ${unknown}`);
}

/** Writes `FOLDER_DATE_TIME.mhl` into the folder; nothing where a file cannot be read or named. */
export async function createClassic(
  dir: string,
  formats: readonly MhlFormat[],
  world: World,
  digestFiles: DigestFiles,
  now = new Date(),
): Promise<ExitStatus> {
  const tree = new NodeTree(dir, digestFiles);
  const modified = new Map<string, number>();
  for await (const entry of tree.list()) {
    if (entry.kind !== 'file') continue;
    if (!entry.exact) {
      const cause = new Error('a name that is not UTF-8 cannot be written in XML');
      throw new FailedAttempt(`cannot list ${makeVisible(entry.path)}`, cause);
    }
    modified.set(entry.path, entry.modifiedMs ?? 0);
  }
  const entries: ClassicEntry[] = [];
  let failed = 0;
  for await (const { path: name, status, size, digests, error } of tree.digest([...modified.keys()], formats)) {
    if (status !== 'ok') {
      failed++;
      tell(world, `${status} ${name}${error === undefined ? '' : `: ${error.message} (${error.code})`}`);
      continue;
    }
    const [date, hashDate] = [new Date(modified.get(name) ?? 0), new Date()].map(seconds);
    entries.push({
      path: name,
      size,
      digests: digests as Record<string, string>,
      modified: date!,
      hashDate: hashDate!,
    });
  }
  if (failed > 0 || entries.length === 0) {
    await writeText(world, `failed: ${failed > 0 ? `${failed} files could not be read` : 'no files'}\n`);
    return exitStatus.failed;
  }
  const { username } = userInfo();
  const creator = {
    name: username,
    username,
    hostname: hostname(),
    tool: `Hashlane ${version}`,
    startDate: seconds(now),
    finishDate: seconds(new Date()),
  };
  const leaf = path.basename(path.resolve(dir)) || 'root';
  const stamp = seconds(now).replace('T', '_').replace(/[:Z]/g, '');
  const list = path.join(dir, `${leaf}_${stamp}.mhl`);
  const output = await openOutput(list, { signal: world.interruption });
  try {
    await output.write(new TextEncoder().encode(writeClassic(creator, entries)));
    await output.commit();
  } finally {
    await output.discard();
  }
  tell(world, `wrote ${shownName(nameBytes(list))}`);
  await writeText(world, `ok: ${entries.length} files\n`);
  return exitStatus.ok;
}

/** A file has an entry for each algorithm; one that contradicts another stays by itself, and is changed. */
function merged(entries: readonly ClassicEntry[]): ClassicEntry[] {
  const byPath = new Map<string, ClassicEntry>();
  const apart: ClassicEntry[] = [];
  for (const entry of entries) {
    const before = byPath.get(entry.path);
    const clashes =
      before !== undefined &&
      (before.size !== entry.size ||
        Object.entries(entry.digests).some(([name, digest]) => (before.digests[name] ?? digest) !== digest));
    if (clashes) apart.push(entry);
    else byPath.set(entry.path, { ...entry, digests: { ...before?.digests, ...entry.digests } });
  }
  return [...byPath.values(), ...apart];
}

/** Verifies as any other list: names that lead out of its folder are not opened, what is moved is found. */
export async function verifyClassic(list: string, format: 'text' | 'json', world: World): Promise<ExitStatus> {
  const shown = shownName(nameBytes(list));
  let bytes: Uint8Array;
  try {
    bytes = await readFile(Buffer.from(nameBytes(list)));
  } catch (error) {
    throw new FailedAttempt(`cannot read the list ${shown}`, error);
  }
  if (bytes.length > maxListBytes) throw new MhlError('mhl-malformed', `larger than any list: ${shown}`);
  const entries = merged(parseClassic(bytes).entries);
  async function* lines(): AsyncGenerator<Uint8Array> {
    for (const { path: name, size, digests } of entries) {
      yield new TextEncoder().encode(`${JSON.stringify({ path: name, size, digests })}\n`);
    }
  }
  const report = await runOnEngine(world, async (steps) => {
    const sources = { manifests: [{ name: list, bytes: lines }], root: path.dirname(list) };
    const own = [Buffer.from(nameBytes(path.resolve(list)))];
    return reportOf(await verifyManifests(sources, { unlisted: 'report', moved: true, own }, steps), [], 'report');
  });
  const pieces =
    format === 'json' ? reportJson(report) : reportText(report, { verbose: false, quiet: false, unlisted: 'report' });
  for (const piece of pieces) await writeText(world, piece);
  return statusOf(report.summary.verdict === 'ok');
}
