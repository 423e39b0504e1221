/** A file of patterns in the syntax of .gitignore. */
import { open } from 'node:fs/promises';
import { engineLimits } from '#shared/jobs/limits.ts';
import { patternProblem } from '#shared/text/glob/problem.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { nameBytes, shownName } from '../../base/raw-names.ts';
import { FailedAttempt, UsageError } from '../errors.ts';

const maxBytes = 4 << 20;

/** `name` in the form of `nameText`. Rejects with FailedAttempt and UsageError. */
export async function readIgnoreFile(name: string): Promise<readonly string[]> {
  const shown = shownName(nameBytes(name));
  const bytes = await readUpTo(name, maxBytes + 1).catch((error: unknown) => {
    throw new FailedAttempt(`cannot read ${shown}`, error);
  });
  if (bytes.length > maxBytes) throw new UsageError(`${shown} is larger than ${maxBytes >> 20} MiB`);
  let text: string;
  try {
    // A byte order mark is none of the first pattern.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${shown} is not UTF-8`);
  }
  return ignoreLines(text, shown);
}

async function readUpTo(name: string, length: number): Promise<Uint8Array> {
  const file = await open(Buffer.from(nameBytes(name)));
  try {
    const bytes = new Uint8Array(length);
    let end = 0;
    for (let read = -1; read !== 0 && end < length; end += read) read = (await file.read(bytes, end)).bytesRead;
    return bytes.subarray(0, end);
  } finally {
    await file.close();
  }
}

/** The patterns among the lines: no comments, no blank lines, no spaces at the end that are not escaped. */
export function ignoreLines(text: string, shown: string): readonly string[] {
  const lines: string[] = [];
  for (const [index, whole] of text.split('\n').entries()) {
    const line = whole.replace(/\r$/, '').replace(/(?<!\\) +$/, '');
    if (line === '' || line.startsWith('#') || line === '!') continue;
    // There are no braces in this syntax.
    const problem = patternProblem(line.replace(/^!/, '').replaceAll('{', '\\{'));
    if (problem !== undefined) {
      throw new UsageError(`${shown}, line ${index + 1}: '${makeVisible(line)}' is not valid: ${problem}`);
    }
    lines.push(line);
    if (lines.length > engineLimits.patterns)
      throw new UsageError(`${shown} has more than ${engineLimits.patterns} patterns`);
  }
  return lines;
}
