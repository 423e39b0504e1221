/** A path of either kind of system, or the address of a file. */
const pathLike = /^(\/|[a-z]:[\\/]|\\\\|file:\/\/\/)/i;
/** Paths of one paste. */
const maxPaths = 100;

/** The paths that are pasted, one a line; empty when some line is none. */
export function pastedPaths(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim().replace(/^"(.*)"$/, '$1'));
  const named = lines.filter((line) => line !== '');
  if (named.length === 0 || named.length > maxPaths || !named.every((line) => pathLike.test(line))) return [];
  return named.map((line) => (/^file:\/\/\//i.test(line) ? decoded(line.slice(7)) : line));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
