/** Takes the digests out of what each program prints. The corpora's names need no unescaping. */

export interface Digest {
  readonly path: string;
  readonly algorithm: string;
  /** In lower case: hex, or base32 where that is the algorithm's custom. */
  readonly digest: string;
}

/** From everything a program printed on standard output. Lines that say nothing of a file are left out. */
export type Parser = (output: string) => Digest[];

const lines = (output: string): string[] => output.split('\n').filter((line) => line !== '');

const matching =
  (pattern: RegExp, digestOf: (groups: Readonly<Record<string, string>>) => Digest): Parser =>
  (output) =>
    lines(output).flatMap((line) => {
      const groups = pattern.exec(line)?.groups;
      return groups ? [digestOf(groups)] : [];
    });

const simple = (pattern: RegExp, algorithm: string): Parser =>
  matching(pattern, ({ path, digest }) => ({ path: path!, algorithm, digest: digest!.toLowerCase() }));

/** `digest  path`: coreutils, RHash's simple form, b3sum, tthsum, Hashlane. */
export const gnu = (algorithm: string): Parser => simple(/^(?<digest>[0-9A-Za-z]+) [ *](?<path>.+)$/, algorithm);

/** `NAME (path) = digest` with or without the spaces: openssl, cksum, xxhsum's XXH3. */
export const tagged = (algorithm: string): Parser =>
  simple(/^[\w-]+ ?\((?<path>.+)\) ?= (?<digest>[0-9a-f]+)$/, algorithm);

/** 7-Zip's table of one file, which it names without its folder. */
export const sevenZip = (algorithm: string, path: string): Parser =>
  matching(/^(?<digest>[0-9A-Fa-f]+) +\d+ {2}\S/, ({ digest }) => ({ path, algorithm, digest: digest!.toLowerCase() }));

/** `algorithm=digest` several times, then a tab and the path: RHash's --printf as we ask for it. */
export const pairs: Parser = (output) =>
  lines(output).flatMap((line) => {
    const [fields = '', path = ''] = line.split('\t');
    return fields.split(' ').map((field) => {
      const [algorithm = '', digest = ''] = field.split('=');
      return { path, algorithm, digest: digest.toLowerCase() };
    });
  });

/** `size,digest,…,path` below a head that names the columns. */
export const hashdeep: Parser = (output) => {
  const all = lines(output);
  const head = all.find((line) => line.startsWith('%%%% size,'));
  if (head === undefined) return [];
  const algorithms = head.slice('%%%% size,'.length).split(',').slice(0, -1);
  return all
    .filter((line) => /^\d+,/.test(line))
    .flatMap((line) => {
      const fields = line.split(',');
      const path = fields.slice(algorithms.length + 1).join(',');
      return algorithms.map((algorithm, column) => ({ path, algorithm, digest: fields[column + 1]! }));
    });
};

/** Hashlane's JSON Lines. */
export const jsonLines: Parser = (output) =>
  lines(output).flatMap((line) => {
    const { path, digests } = JSON.parse(line) as { path: string; digests?: Record<string, string> };
    return Object.entries(digests ?? {}).map(([algorithm, digest]) => ({
      path,
      algorithm,
      digest: digest.toLowerCase(),
    }));
  });
