/** Who hashes what, by which command. */
import type { Corpus } from '../corpora/corpus.ts';
import { gnu, hashdeep, jsonLines, type Parser, pairs } from './parsers.ts';
import type { ProgramName } from './programs.ts';

export interface Contender {
  readonly name: string;
  /** The program it needs beyond what the checkout brings. */
  readonly needs: ProgramName | null;
  readonly words: readonly string[];
  /** The file that becomes its standard input. */
  readonly input?: string;
  /** Null for what hashes nothing. */
  readonly parse: Parser | null;
}

/** Where the checkout's own programs are. */
export interface Setting {
  /** The words that start `hashlane`. */
  readonly hashlane: readonly string[];
  /** The folder of `timed` and `baseline`. */
  readonly tools: string;
  /** The file that Hashlane writes its totals to. */
  readonly summary: string;
}

export const ourName = 'hashlane';

/** Hashlane over files and folders. */
export function hashlane(setting: Setting, algorithms: readonly string[], path: string, name = ourName): Contender {
  const [only] = algorithms;
  const several = algorithms.length > 1;
  const options = ['hash', '-a', algorithms.join(','), '--format', several ? 'jsonl' : 'gnu'];
  return {
    name,
    needs: null,
    words: [...setting.hashlane, ...options, '--summary-json', setting.summary, path],
    parse: several ? jsonLines : gnu(only!),
  };
}

/** RHash's --printf knows some algorithms by other names. */
const rhashFields: Readonly<Record<string, string>> = { sha256: 'sha-256', sha512: 'sha-512' };

/** RHash over files and folders. */
export function rhash(algorithms: readonly string[], path: string): Contender {
  const [only] = algorithms;
  const fields = algorithms.map((name) => `${name}=%{${rhashFields[name] ?? name}}`);
  const form = algorithms.length > 1 ? [`--printf=${fields.join(' ')}\\t%p\\n`] : ['--simple', `--${only}`];
  return {
    name: 'rhash',
    needs: 'rhash',
    words: ['rhash', '-r', ...form, path],
    parse: algorithms.length > 1 ? pairs : gnu(only!),
  };
}

/** hashdeep over files and folders, on as many threads as it likes. */
export function hashdeepOf(algorithms: readonly string[], path: string): Contender {
  return {
    name: `hashdeep (${algorithms.join(', ')})`,
    needs: 'hashdeep',
    words: ['hashdeep', '-r', '-c', algorithms.join(','), path],
    parse: hashdeep,
  };
}

/** A program that takes files as its arguments, in `processes` processes at once. */
export function byXargs(program: ProgramName, algorithm: string, corpus: Corpus, processes: number): Contender {
  return {
    name: processes > 1 ? `${program} × ${processes}` : program,
    needs: program,
    // So many at a time that every process has work, and few enough for a command line.
    words: [
      'xargs',
      '-0',
      '-P',
      String(processes),
      '-n',
      String(Math.min(1000, Math.ceil(corpus.files / processes))),
      program,
    ],
    input: corpus.list,
    parse: gnu(algorithm),
  };
}

/** Opening, reading and closing every file of a list, and nothing else. */
export function bareReading(setting: Setting, corpus: Corpus, threads: number): Contender {
  return {
    name: `open, read, close × ${threads}`,
    needs: null,
    words: [`${setting.tools}/baseline`, 'files', String(threads), corpus.list],
    parse: null,
  };
}

/** The same, finding the files meanwhile, as a program that is given a folder must. */
export function bareWalk(setting: Setting, corpus: Corpus, threads: number): Contender {
  return {
    name: `walk, open, read, close × ${threads}`,
    needs: null,
    words: [`${setting.tools}/baseline`, 'walk', String(threads), corpus.folder],
    parse: null,
  };
}

/** Reading one file, a MiB at a time. */
export function bareFile(setting: Setting, file: string, threads: number): Contender {
  return {
    name: `read × ${threads}`,
    needs: null,
    words: [`${setting.tools}/baseline`, 'read', String(threads), file],
    parse: null,
  };
}
