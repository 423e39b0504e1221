/** Turns the text of an option into its value, or says what was expected. */
import { InvalidArgumentError } from 'commander';
import { parseTemplate, TemplateError, type TemplatePart } from '#shared/exports/template/parse.ts';
import { engineLimits } from '#shared/jobs/limits.ts';
import { algorithmCalled } from '#shared/tables/algorithm-alias.ts';
import { type AlgorithmName, algorithmNames, findAlgorithm } from '#shared/tables/algorithms.ts';
import { nearestName } from './nearest-name.ts';

/** A parser of whole numbers from `least` to `most`. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) {
      throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

/** A parser of seconds from `least` to `most`, with or without decimals. */
export function seconds(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{0,6}(\.\d{0,6})?$/.test(text) && /\d/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) throw new InvalidArgumentError(`Expected ${least} to ${most} seconds.`);
    return value;
  };
}

/** The name of a file, which may be anything but nothing. */
export function fileName(text: string): string {
  if (text === '') throw new InvalidArgumentError('Expected the name of a file.');
  return text;
}

const powers: Readonly<Record<string, number>> = { '': 0, K: 1, M: 2, G: 3, T: 4 };

/** Bytes: `64M` and `64MiB` count in 1024, `64MB` in 1000, as coreutils do. */
export function byteCount(text: string): number {
  const match = /^(\d{1,15})([KMGT]?)(iB|B)?$/i.exec(text);
  const [, digits = '', unit = '', suffix = ''] = match ?? [];
  const base = suffix.toUpperCase() === 'B' ? 1000 : 1024;
  const value = match ? Number(digits) * base ** powers[unit.toUpperCase()]! : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('Expected a size such as 64M, 500MB or 1GiB.');
  return value;
}

/** Bytes that the engine's buffers may have. */
export function memorySize(text: string): number {
  const value = byteCount(text);
  if (value < engineLimits.minMemoryLimit) throw new InvalidArgumentError('The minimum is 32M.');
  if (value > engineLimits.memoryLimit) throw new InvalidArgumentError('The maximum is 64T.');
  return value;
}

/** Adds `text` to what the option was given before. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Adds a comma separated list of algorithms to `before`, each once; `all` stands for every one. */
export function algorithmList(text: string, before: readonly AlgorithmName[] = []): readonly AlgorithmName[] {
  const chosen = new Set(before);
  for (const part of text.split(',')) {
    const name = part.trim().toLowerCase();
    const found = findAlgorithm(name)?.name ?? algorithmCalled(name);
    if (name === 'all') for (const each of algorithmNames) chosen.add(each);
    else if (found !== null) chosen.add(found);
    else throw new InvalidArgumentError(unknownAlgorithm(part.trim()));
  }
  return [...chosen];
}

/** The parts of a template for lines of one's own. */
export function lineTemplate(text: string): readonly TemplatePart[] {
  try {
    return parseTemplate(text);
  } catch (error) {
    if (error instanceof TemplateError) throw new InvalidArgumentError(`${error.message}.`);
    throw error;
  }
}

function unknownAlgorithm(name: string): string {
  const wanted = name.toLowerCase();
  // `sha2` is a family, whose members begin with its name.
  const family = wanted.length > 2 ? algorithmNames.filter((each) => each.startsWith(wanted)) : [];
  const nearest = family.length > 0 ? family : [nearestName(wanted, algorithmNames) ?? []].flat();
  const hint = nearest.length === 0 ? '' : ` Did you mean ${nearest.map((each) => `'${each}'`).join(' or ')}?`;
  return `Unknown algorithm '${name}'.${hint} 'hashlane algorithms' lists all.`;
}
