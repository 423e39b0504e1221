/** `hashlane check`: from what is expected to an answer for each file. */
import type { Recognition } from '#shared/expected/expected.ts';
import { algorithm } from '#shared/tables/algorithms.ts';
import { digestText } from '#shared/text/digest-text.ts';
import type { Paint } from '#shared/text/paint.ts';
import { escapeControlsInJson, makeVisible } from '#shared/text/visible.ts';
import { nameBytes, shownName } from '../../../base/raw-names.ts';
import { type CheckedDigest, type CheckResult, checkFiles, digestsOfFile } from '../../../tasks/check/check.ts';
import type { Steps } from '../../../tasks/pipeline/stepped-task.ts';
import { type ColorOptions, paintFor } from '../../color.ts';
import { FailedAttempt, UsageError } from '../../errors.ts';
import { type ExitStatus, exitStatus } from '../../exit-status.ts';
import { runOnEngine } from '../../steps/run-steps.ts';
import type { World } from '../../world.ts';
import { whatIsGiven } from './expectations.ts';

export interface CheckOptions extends ColorOptions {
  readonly format: 'text' | 'json';
}

interface Answer {
  readonly file: string;
  readonly form: string;
  readonly notes: readonly string[];
  readonly result: CheckResult;
}

const maxInputBytes = 16 << 20;

export async function check(
  given: string,
  files: readonly string[],
  options: CheckOptions,
  world: World,
): Promise<ExitStatus> {
  if (given === '' || files.includes('')) throw new UsageError('an argument is empty');
  const text = given === '-' ? await readInput(world) : given;
  const answers = await runOnEngine(world, (steps) => answersFor(text, files, steps));
  const document =
    options.format === 'json'
      ? `${escapeControlsInJson(JSON.stringify({ entries: answers.map(jsonOf) }))}\n`
      : answers.map((answer) => textOf(answer, paintFor(options, world.output, world))).join('');
  await world.output.write(new TextEncoder().encode(document));
  return answers.every(({ result }) => result.status === 'ok') ? exitStatus.ok : exitStatus.failed;
}

async function readInput(world: World): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of world.openInput()) {
    bytes += chunk.length;
    if (bytes > maxInputBytes) throw new UsageError('what is expected is longer than 16 MiB; use hashlane verify');
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

async function answersFor(text: string, files: readonly string[], steps: Steps): Promise<Answer[]> {
  const given = await whatIsGiven(text, files);
  let of: (file: string) => Recognition;
  if (given.kind === 'file') {
    const second = await digestsOfFile(given.path, steps);
    if (!('expected' in second)) {
      throw new FailedAttempt(
        `cannot read ${shownName(given.path)}`,
        Object.assign(new Error(second.message), { code: second.code, errno: 0 }),
      );
    }
    of = () => ({ kind: 'expected', expected: second.expected });
  } else of = given.of;
  const recognised = files.map((file) => ({ file, recognition: of(file) }));
  const items = recognised.flatMap(({ file, recognition }) =>
    recognition.kind === 'expected' ? [{ path: nameBytes(file), expected: recognition.expected }] : [],
  );
  if (items.length === 0 && recognised.every(({ recognition }) => recognition.kind === 'unknown')) {
    throw new UsageError(
      `'${makeVisible(text.slice(0, 100))}' is no digest, no line of a checksum file, and no file that is there`,
    );
  }
  const results = (await checkFiles(items, steps))[Symbol.iterator]();
  return recognised.map(({ file, recognition }) => {
    if (recognition.kind === 'expected') {
      const { form, notes } = recognition.expected;
      return { file, form, notes, result: results.next().value! };
    }
    const message = recognition.kind === 'refused' ? recognition.reason : 'Nothing is known of this file.';
    return { file, form: '', notes: [], result: { status: 'error', code: 'NOT_COMPARABLE', message } };
  });
}

const worth = {
  secure: 'detects accidents and attackers',
  broken: 'detects accidents, not attackers',
  checksum: 'detects accidents, not attackers',
};

const label = ({ algorithm: name }: Pick<CheckedDigest, 'algorithm'>): string => algorithm(name).label;
const textAs = (name: CheckedDigest['algorithm'], bytes: Uint8Array): string =>
  digestText(bytes, algorithm(name).encoding);

function textOf({ file, form, notes, result }: Answer, paint: Paint): string {
  const name = shownName(nameBytes(file));
  if (result.status === 'error')
    return `${name}: ${paint('bad', 'ERROR')}: ${makeVisible(result.message)} (${result.code})\n`;
  const lines: string[] = [];
  const tried = result.tried.map((each) => algorithm(each).label).join(', ');
  if (result.status === 'ok') {
    const best = result.digests.some((digest) => algorithm(digest.algorithm).fit === 'secure') ? 'secure' : 'broken';
    const also = result.tried.length > result.digests.length ? `; tried ${tried}` : '';
    lines.push(
      `${name}: ${paint('good', 'OK')}: ${result.digests.map(label).join(' and ')} (${form}), ${worth[best]}${also}`,
    );
  } else {
    lines.push(`${name}: ${paint('bad', 'DIFFERENT')}: tried ${tried} (${form})`);
    if (result.expectedSize !== null) lines.push(`  size: ${result.size} bytes, expected ${result.expectedSize}`);
    if (result.digests.length === 1) lines.push(...differingLines(result.digests[0]!));
  }
  if (result.nameCrc !== null) {
    const { expected, actual, matches } = result.nameCrc;
    const found = matches ? 'matches' : `does not match, it is ${textAs('crc32', actual)}`;
    lines.push(`  CRC-32 in the name, ${textAs('crc32', expected)}: ${found}`);
  }
  lines.push(...notes.map((note) => `  ${makeVisible(note)}`));
  return `${lines.join('\n')}\n`;
}

/** Both, one above the other, and marks below what differs. */
function differingLines({ algorithm: name, expected, actual }: CheckedDigest): string[] {
  const [wanted, found] = [textAs(name, expected), textAs(name, actual)];
  const marks = Array.from(wanted, (digit, at) => (digit === found[at] ? ' ' : '^')).join('');
  return [`  expected ${wanted}`, `  actual   ${found}`, `           ${marks.trimEnd()}`];
}

function jsonOf({ file, form, notes, result }: Answer): unknown {
  const path = shownName(nameBytes(file));
  if (result.status === 'error')
    return { path, status: 'error', error: { code: result.code, message: result.message } };
  const { status, size, expectedSize, digests, tried, nameCrc } = result;
  return {
    path,
    status,
    form,
    size,
    ...(expectedSize === null ? {} : { expectedSize }),
    digests: digests.map(({ algorithm: name, expected, actual }) => ({
      algorithm: name,
      fit: algorithm(name).fit,
      expected: textAs(name, expected),
      actual: textAs(name, actual),
    })),
    tried,
    ...(nameCrc === null
      ? {}
      : {
          nameCrc: {
            status: nameCrc.matches ? 'ok' : 'different',
            expected: textAs('crc32', nameCrc.expected),
            actual: textAs('crc32', nameCrc.actual),
          },
        }),
    ...(notes.length === 0 ? {} : { notes }),
  };
}
