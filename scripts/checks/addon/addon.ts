/** The addon as it was built: what it shows, what guards it, what it is made of. Linux only; instructions on x86-64. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { fromRoot } from '../../setup/paths.mjs';
import type { Outcome } from '../outcome.ts';
import { exportedNames, functionsOf, headersOf, sectionSizes } from './elf.ts';
import { entries, missingGuards, usesCallOnce } from './hardening.ts';
import { leaveOf, strayInstructions } from './instructions.ts';

const library = fromRoot('build', 'Release', 'hashlane.node');
const symbols = `${library}.debug`;
const limitMB = 6;

/** Each throws what is wrong, or gives back what it saw. */
const checks: Record<string, () => Promise<string>> = {
  'Nothing is exported but the entries of Node-API': async () => {
    const names = await exportedNames(library);
    if (names.join() !== entries.join()) throw new Error(`Exported: ${names.join(', ')}`);
    return names.join(', ');
  },
  'The system guards it': async () => {
    const wrong = missingGuards(await headersOf(library));
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
    return 'all guards';
  },
  'It is stripped, and small': async () => {
    const sections = Object.keys(await sectionSizes(library));
    const debug = sections.filter((name) => name.startsWith('.debug') || name === '.symtab');
    if (debug.length > 0) throw new Error(`Not stripped: ${debug.join(', ')}`);
    const megabytes = statSync(library).size / 1e6;
    if (megabytes > limitMB) throw new Error(`${megabytes.toFixed(2)} MB, more than ${limitMB} MB`);
    return `${megabytes.toFixed(2)} MB`;
  },
  'It names no folder of the machine that built it': async () => {
    const named = [library, symbols].filter((file) => readFileSync(file).includes(fromRoot()));
    if (named.length > 0) throw new Error(`${fromRoot()} stands in ${named.join(', ')}`);
    return 'none';
  },
  'It has no std::call_once': async () => {
    const names = (await functionsOf(symbols)).map(({ name }) => name);
    if (names.length === 0) throw new Error('The symbols name nothing');
    const found = names.filter(usesCallOnce);
    if (found.length > 0) throw new Error(`Use native/kernels/once.h instead of std::call_once: ${found.join(', ')}`);
    return `${names.length} names`;
  },
  'Its debug symbols are those of this build': async () => {
    if (!existsSync(symbols)) throw new Error(`${symbols} is missing`);
    const buildId = async (file: string) => /Build ID: (\w+)/.exec(await headersOf(file))?.[1];
    const [own, theirs] = await Promise.all([buildId(library), buildId(symbols)]);
    if (own === undefined || own !== theirs) throw new Error(`The addon is ${own}, the symbols are of ${theirs}`);
    return own;
  },
  ...(process.arch === 'x64' && {
    'No processor meets an instruction that it does not have': async () => {
      const leave = await leaveOf(fromRoot('build'), 'Release/hashlane.node');
      if (leave.files.size === 0) throw new Error('No file is compiled for an instruction set');
      const { looked, wrong } = await strayInstructions({ library, symbols, leave });
      if (looked === 0) throw new Error('The symbols name no function of ours');
      if (wrong.length > 0) throw new Error(wrong.join('\n'));
      return `${looked} functions`;
    },
  }),
};

export async function addonChecks(): Promise<Outcome> {
  if (process.platform !== 'linux') return { kind: 'skipped', reason: 'it reads ELF files' };
  let [passed, failed, output] = [0, 0, ''];
  for (const [title, check] of Object.entries(checks)) {
    try {
      output += `${title}: ${await check()}\n`;
      passed += 1;
    } catch (error) {
      output += `${title}: failed\n${error instanceof Error ? error.message : error}\n`;
      failed += 1;
    }
  }
  return { kind: 'ran', passed, failed, skipped: 0, output };
}
