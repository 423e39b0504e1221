/** bagit.txt: two lines in UTF-8, without a byte order mark. */
import { linesOf } from './tag-text.ts';

const versions = ['0.93', '0.94', '0.95', '0.96', '0.97', '1.0'] as const;

export interface Declaration {
  readonly version: string;
  readonly encoding: string;
}

export interface DeclarationProblem {
  readonly code: 'declaration-malformed' | 'version-unsupported';
  readonly detail: string;
}

/** 1.0 forbids white space around the colon and behind the value; earlier versions do not say. */
export function parseDeclaration(bytes: Uint8Array): { declaration: Declaration; problems: DeclarationProblem[] } {
  const problems: DeclarationProblem[] = [];
  const malformed = (detail: string) => problems.push({ code: 'declaration-malformed', detail });
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) malformed('begins with a byte order mark');
  const lines = linesOf(new TextDecoder().decode(bytes));
  if (lines.length !== 2) malformed(`has ${lines.length} lines instead of 2`);
  const version = /^BagIt-Version(\s*):\s*(.*?)(\s*)$/.exec(lines[0] ?? '');
  const encoding = /^Tag-File-Character-Encoding(\s*):\s*(.*?)(\s*)$/.exec(lines[1] ?? '');
  if (version === null) malformed('no BagIt-Version in line 1');
  if (encoding === null || encoding[2] === '') malformed('no Tag-File-Character-Encoding in line 2');
  const number = version?.[2] ?? '';
  if (version !== null && !/^\d+\.\d+$/.test(number)) malformed(`version ${number} is no number of the form M.N`);
  else if (version !== null && !(versions as readonly string[]).includes(number))
    problems.push({ code: 'version-unsupported', detail: number });
  if (number === '1.0' && [version, encoding].some((found) => found?.[1] !== '' || found[3] !== ''))
    malformed('white space before a colon or behind a value');
  return { declaration: { version: number, encoding: encoding?.[2] || 'UTF-8' }, problems };
}

export function writeDeclaration(): string {
  return 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';
}
