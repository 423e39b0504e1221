/**
 * What an error says, without the names of a person's files. Messages are made for people and name
 * paths in many ways, with spaces in them too: everything from the first thing that looks like a path,
 * or is quoted, is cut off. A stack keeps its places in our own program, by file name alone.
 */
import path from 'node:path';

const pathOrQuote = /(?:^|[\s(=:])(?:['"`“]|~?[/\\]|[A-Za-z]:[/\\]|file:|app:)/;

/** A frame of a stack: `at name (place:line:column)` or `at place:line:column`. */
const frame = /^\s+at (?:(.*) \()?(.*?):(\d+):(\d+)\)?$/;

export function describeError(error: unknown, { namesPaths = false } = {}): string {
  if (namesPaths) return error instanceof Error ? (error.stack ?? String(error)) : String(error);
  if (!(error instanceof Error)) return withoutPaths(String(error));
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const frames = (error.stack ?? '').split('\n').map(frameWithoutPath);
  return [`${error.name}${code}: ${withoutPaths(error.message)}`, ...frames.filter((line) => line !== null)].join('\n');
}

/** The first line, up to what may be a path. */
export function withoutPaths(text: string): string {
  const line = text.split('\n', 1)[0]!;
  const at = line.search(pathOrQuote);
  return at < 0 ? line : `${line.slice(0, at).trimEnd()} …`.trimStart();
}

function frameWithoutPath(line: string): string | null {
  const [, name, place, row, column] = frame.exec(line) ?? [];
  if (place === undefined) return null;
  const where = `${path.posix.basename(place.replaceAll('\\', '/'))}:${row}:${column}`;
  return name === undefined ? `    at ${where}` : `    at ${name} (${where})`;
}
