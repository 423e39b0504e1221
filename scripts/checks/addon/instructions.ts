/**
 * No processor may meet an instruction that it does not have. Each instruction set's kernels are in files of their own,
 * compiled for it and called behind a look at the processor. But an inline function that such a file shares with others
 * exists once in the linked library, in the form of whichever file came first: then every processor runs code that only
 * some have. This looks at the machine code of everything that is C++ (which is ours, or a template that we made) or
 * xxHash (which we compile); the C libraries have looks at the processor of their own.
 */

import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { run } from '../../setup/run.mjs';
import type { NativeFunction } from './elf.ts';
import { functionsOf } from './elf.ts';
import { allowsWider, isWider } from './wider.ts';

/** Functions that say themselves what they may use (`__attribute__((target))`), and those that ask the processor. */
const ownLeave = [
  { name: /^_ZN8hashlane\S*crc32c_hardware/, mnemonics: /^crc32/ },
  { name: /^_ZN8hashlane\S*crc64_nvme_folding/, mnemonics: /^(pclmul[hl]q[hl]qdq|pextrq|pinsrq)$/ },
  { name: /^_ZN8hashlane\S*detected/, mnemonics: /^xgetbv$/ },
];

/** What may hold wider instructions. */
export type Leave = { files: ReadonlySet<string>; names: ReadonlySet<string> };

/**
 * @param build folder that ninja built in
 * @param target as ninja calls it
 */
export async function leaveOf(build: string, target: string): Promise<Leave> {
  const commands = (await run('ninja', ['-C', build, '-t', 'commands', target])).split('\n');
  const files: Set<string> = new Set();
  const names: Set<string> = new Set();
  const plain: string[] = [];
  for (const command of commands) {
    const [, object, source] = /\s-o (\S+\.o) -c (\S+)/.exec(command) ?? [];
    if (!object || !source) continue;
    if (!allowsWider(command)) {
      plain.push(path.join(build, object));
      continue;
    }
    files.add(path.basename(source));
    for (const name of await globalFunctions([path.join(build, object)])) names.add(name);
  }
  // What others define too, they may have got from here.
  for (const name of await globalFunctions(plain)) names.delete(name);
  return { files, names };
}

async function globalFunctions(objects: readonly string[]) {
  if (objects.length === 0) return [];
  const table = await run('nm', ['--defined-only', '--extern-only', '--no-sort', ...objects]);
  return [...table.matchAll(/^[0-9a-f]+ [TWV] (\S+)$/gm)].map(([, name = '']) => name);
}

/** @returns `wrong`: functions without leave, and what they hold */
export async function strayInstructions({
  library,
  symbols,
  leave,
}: {
  library: string;
  symbols: string;
  leave: Leave;
}): Promise<{ looked: number; wrong: string[] }> {
  const functions = await functionsOf(symbols);
  const examined = functions.filter(isOurs);
  const found: Map<string, Set<string>> = new Map();
  for await (const { address, mnemonic } of instructionsOf(library)) {
    if (!isWider(mnemonic)) continue;
    const at = functionAt(functions, address);
    if (!at || !isOurs(at) || mayHold(at, mnemonic, leave)) continue;
    found.set(at.name, (found.get(at.name) ?? new Set()).add(mnemonic));
  }
  return { looked: examined.length, wrong: [...found].map(([name, held]) => `${name}: ${[...held].sort().join(' ')}`) };
}

const isOurs = ({ name }: NativeFunction) => name.startsWith('_Z') || /^xxh/i.test(name);

function mayHold({ name, file }: NativeFunction, mnemonic: string, leave: Leave) {
  if (file !== '' ? leave.files.has(file) : leave.names.has(name)) return true;
  return ownLeave.some((one) => one.name.test(name) && one.mnemonics.test(mnemonic));
}

function functionAt(functions: readonly NativeFunction[], address: number) {
  let [low, high] = [0, functions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((functions[middle]?.address ?? 0) <= address) low = middle + 1;
    else high = middle;
  }
  // Of several that begin there, as aliases do, one with a size.
  for (let index = low - 1; index >= 0 && index >= low - 8; index -= 1) {
    const candidate = functions[index];
    if (candidate && address < candidate.address + candidate.size) return candidate;
  }
  return undefined;
}

async function* instructionsOf(library: string) {
  const args = ['--disassemble', '--no-show-raw-insn', '--wide', library];
  const child = spawn('objdump', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  let lines = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [, address = '', mnemonic = ''] =
      /^\s+([0-9a-f]+):\s+(?:(?:rep|repz|repnz|lock|data16|bnd|notrack)\s+)*(\S+)/.exec(line) ?? [];
    if (mnemonic === '') continue;
    lines += 1;
    yield { address: Number.parseInt(address, 16), mnemonic };
  }
  if ((await ended) !== 0 || lines === 0) throw new Error(`objdump could not read ${library}`);
}
