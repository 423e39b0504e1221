/** The addon and engine_probe, built in a way that may differ from the product's. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../../scripts/setup/places.mjs';
import { run } from '../../../scripts/setup/run.mjs';

const releaseFlags = (flags: string) => [
  `-DCMAKE_C_FLAGS_RELEASE=${flags} -DNDEBUG`,
  `-DCMAKE_CXX_FLAGS_RELEASE=${flags} -DNDEBUG`,
];
const profileUse = '-fprofile-use -fprofile-partial-training -fprofile-correction -Wno-missing-profile';

export interface Build {
  readonly name: string;
  readonly options: readonly string[];
  /** Built and run with these first; what was counted is beside the objects then. */
  readonly training?: readonly string[];
}

export const ours: Build = { name: 'as it ships', options: [] };
export const others: readonly Build[] = [
  { name: '-O2', options: releaseFlags('-O2') },
  { name: 'optimised across files (LTO)', options: ['-DHASHLANE_LTO=ON'] },
  {
    name: 'guided by a profile',
    training: releaseFlags('-O3 -fprofile-generate -fprofile-update=atomic'),
    options: releaseFlags(`-O3 ${profileUse}`),
  },
  { name: 'with checked containers', options: releaseFlags('-O3 -D_GLIBCXX_ASSERTIONS') },
];

export interface Work {
  readonly name: string;
  readonly folder: string;
  readonly algorithms: readonly string[];
}

export class Built {
  readonly name: string;
  readonly folder: string;
  /** Processor seconds that compiling and linking took, training apart. */
  readonly seconds: number;

  private constructor(name: string, folder: string, seconds: number) {
    this.name = name;
    this.folder = folder;
    this.seconds = seconds;
  }

  get addonBytes(): number {
    return statSync(path.join(this.folder, 'native', 'binding', 'hashlane.node')).size;
  }

  get probe(): string {
    return path.join(this.folder, 'native', 'engine', 'engine_probe');
  }

  /** Takes minutes. `works`: what a profile is made of. */
  static async make({ name, options, training }: Build, scratch: string, works: readonly Work[]): Promise<Built> {
    const folder = path.join(scratch, name.replaceAll(/\W+/g, '-'));
    if (training) {
      await compile(folder, training, ['engine_probe']);
      const trained = new Built(name, folder, 0);
      for (const work of works) await runProbe(trained, work, 2);
    }
    const seconds = await compile(folder, options, ['engine_probe', 'hashlane']);
    return new Built(name, folder, seconds);
  }

  /** The addon linked anew without one of the linker's options; what only debuggers need is left out as `strip` does. */
  async linkedWithout(option: string): Promise<number> {
    const commands = await run('ninja', ['-C', this.folder, '-t', 'commands', 'native/binding/hashlane.node']);
    const link = commands.trim().split('\n').at(-1)!.split(' && ')[1]!;
    if (!link.includes(option)) throw new Error(`The addon is not linked with ${option}`);
    const file = path.join(this.folder, 'relinked.node');
    await run(
      'sh',
      ['-c', `${link.replace(option, '').replace(/-o \S+/, `-o ${file}`)} && strip --strip-all ${file}`],
      {
        cwd: this.folder,
      },
    );
    return statSync(file).size;
  }
}

async function compile(folder: string, options: readonly string[], targets: readonly string[]): Promise<number> {
  const headers = at('node_modules', 'node-api-headers', 'include');
  const fixed = ['-DCMAKE_BUILD_TYPE=Release', '-DHASHLANE_BENCH=ON', `-DCMAKE_JS_INC=${headers}`];
  await run('cmake', ['-S', at('.'), '-B', folder, '-G', 'Ninja', ...fixed, ...options]);
  // bash tells what the processes that it waited for have used.
  const build = `cmake --build '${folder}' --parallel 2 --target ${targets.join(' ')} > /dev/null && times`;
  const times = await run('bash', ['-c', build]);
  const children = times.trim().split('\n').at(-1)!;
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, m, s]) => sum + Number(m) * 60 + Number(s), 0);
}

export interface Probed {
  readonly files: number;
  readonly bytes: number;
  readonly processorSeconds: number;
  /** Of the whole process; null unless counted. */
  readonly instructions: number | null;
}

/** Kernels are forced: choosing them by measuring would be measured as well. Valgrind knows no AVX-512. */
export async function runProbe(built: Built, work: Work, times: number, counted = false): Promise<Probed> {
  const words = [built.probe, String(times), work.folder, ...work.algorithms];
  const counting = counted ? ['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null'] : [];
  const [program = '', ...args] = [...counting, ...words];
  const output = await run(program, args, { env: { ...process.env, HASHLANE_KERNELS: counted ? 'AVX2' : '' } });
  const line = output.split('\n').find((text) => text.startsWith('{'));
  const collected = /Collected : (\d+)/.exec(output)?.[1];
  if (line === undefined || (counted && collected === undefined)) throw new Error(`${built.name}: ${output}`);
  const { files, bytes, processorSeconds } = JSON.parse(line) as Omit<Probed, 'instructions'>;
  return { files, bytes, processorSeconds, instructions: collected === undefined ? null : Number(collected) };
}

/** What hashing the work once takes, start and end of the process apart. */
export async function instructionsOf(
  built: Built,
  work: Work,
): Promise<{ instructions: number; files: number; bytes: number }> {
  const once = await runProbe(built, work, 1, true);
  const thrice = await runProbe(built, work, 3, true);
  return { instructions: (thrice.instructions! - once.instructions!) / 2, files: once.files, bytes: once.bytes };
}
