import type { Command } from 'commander';
import { type PoolReading, readStats } from '#shared/stats/reader.ts';
import { formatSize } from '#shared/text/quantities.ts';
import { type EngineInfo, kernelText } from '../../engine/engine.ts';
import { type ExitStatus, exitStatus } from '../exit-status.ts';
import { table } from '../table.ts';
import { version } from '../version.ts';
import type { World } from '../world.ts';

interface Report {
  readonly product: string;
  readonly version: string;
  readonly platform: { readonly system: string; readonly architecture: string };
  readonly runtime: { readonly node: string; readonly v8: string; readonly modules: string };
  readonly engine: EngineInfo;
  readonly memory: { readonly ceiling: number; readonly held: number; readonly peak: number };
  readonly pools: readonly PoolReading[];
  /** Bytes of the whole process. */
  readonly process: { readonly residentBytes: number; readonly peakResidentBytes: number };
}

export function addDiagnosticsCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  program
    .command('diagnostics')
    .summary('tell what Hashlane runs on')
    .description('Tells what Hashlane runs on: versions, CPU features, kernels, buffer pools. No file names.')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: true }) => {
      const engine = world.loadEngine({});
      const report = takeReport(engine.info, engine.stats);
      await engine.close();
      const text = json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report);
      await world.output.write(new TextEncoder().encode(text));
      exit(exitStatus.ok);
    });
}

function takeReport(engine: EngineInfo, stats: Uint8Array): Report {
  const { engine: counters, pools } = readStats(stats);
  return {
    product: 'Hashlane',
    version,
    platform: { system: process.platform, architecture: process.arch },
    runtime: { node: process.versions.node, v8: process.versions.v8, modules: process.versions.modules },
    engine,
    memory: { ceiling: counters.memoryCeiling, held: counters.memoryHeld, peak: counters.memoryPeak },
    pools,
    process: { residentBytes: process.memoryUsage.rss(), peakResidentBytes: process.resourceUsage().maxRSS * 1024 },
  };
}

function reportText({ version, platform, runtime, engine, memory, pools, process }: Report): string {
  const facts = table([
    ['Hashlane', version],
    ['Engine', `${engine.version}, batch layout ${engine.layoutVersion}`],
    ['System', `${platform.system} ${platform.architecture}`],
    ['Runtime', `Node ${runtime.node}, V8 ${runtime.v8}`],
    ['Threads', String(engine.threads)],
    ['CPU', engine.cpu.join(' ') || 'no features beyond the baseline'],
    [
      'Buffers',
      `${formatSize(memory.held)} held, ${formatSize(memory.peak)} peak, ${formatSize(memory.ceiling)} ceiling`,
    ],
    ['Process', `${formatSize(process.residentBytes)} resident, ${formatSize(process.peakResidentBytes)} peak`],
  ]);
  const kernels = table([
    ['KERNEL', 'COMPUTED BY', 'SELF-TEST'],
    ...engine.kernels.map((kernel) => [kernel.algorithm, kernelText(kernel), kernel.selfTest]),
  ]);
  const poolTable = table([
    ['BUFFER POOL', 'HELD', 'IN USE', 'PEAK', 'HITS', 'MISSES', 'TRIMMED'],
    ...pools.map(({ blockBytes, held, inUse, peak, hits, misses, trimmed }) => [
      `${blockBytes / 1024} KiB`,
      ...[held, inUse, peak, hits, misses, trimmed].map(String),
    ]),
  ]);
  return `${facts}\n${kernels}\n${poolTable}`;
}
