import { type Command, Option } from 'commander';
import { type AlgorithmName, algorithm, algorithmNames } from '#shared/tables/algorithms.ts';
import { table } from '#shared/text/table.ts';
import { type ExitStatus, exitStatus } from '../exit-status.ts';
import { clearLine } from '../hash/progress.ts';
import { computedBy, type KernelReport, lanesText, rateText, reportKernel } from '../kernel-report.ts';
import { algorithmList, seconds } from '../option-values.ts';
import { version } from '../version.ts';
import type { MessageSink, World } from '../world.ts';

const notes = `
Every kernel hashes messages of 16 KiB that lie in the processor's cache, on one thread: what the
processor can do, not what a disk can bring. LANES tells how many streams go side by side and by
which instructions; their speed is that of all of them together, which is how many small files are
hashed; ED2K is made of MD4s and uses MD4's lanes. The two are measured in turn; speeds are medians,
in MB of 1,000,000 bytes.
`;

interface BenchOptions {
  readonly algorithm?: readonly AlgorithmName[];
  readonly seconds: number;
  readonly json?: true;
}

type Row = { readonly algorithm: AlgorithmName; readonly label: string } & KernelReport;

export function addBenchCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  program
    .command('bench')
    .summary('measure how fast each algorithm is computed here')
    .description('Measures how fast each algorithm is computed on this machine, alone and in lanes.')
    .addOption(
      new Option('-a, --algorithm <list>', 'comma separated names (default: every one)').argParser<
        readonly AlgorithmName[]
      >(algorithmList),
    )
    .addOption(
      new Option('--seconds <n>', 'how long each kernel is measured').argParser(seconds(0.005, 60)).default(0.2),
    )
    .option('--json', 'as JSON')
    .addHelpText('after', notes)
    .action(async (options: BenchOptions) => {
      const engine = world.loadEngine({ threads: 1 });
      const rows: Row[] = [];
      const names = options.algorithm ?? algorithmNames;
      try {
        for (const [index, name] of names.entries()) {
          const { label } = algorithm(name);
          tell(world.messages, `measuring ${label} (${index + 1} of ${names.length})`);
          const report = await reportKernel(engine, name, Math.round(options.seconds * 1000), world.interruption);
          rows.push({ algorithm: name, label, ...report });
        }
      } finally {
        if (world.messages.isTerminal) world.messages.write(clearLine);
        await engine.close();
      }
      const report = { version, cpu: engine.info.cpu, secondsPerKernel: options.seconds, kernels: rows };
      const text = options.json ? `${JSON.stringify(report, null, 2)}\n` : overview(rows);
      await world.output.write(new TextEncoder().encode(text));
      exit(exitStatus.ok);
    });
}

function tell(messages: MessageSink, text: string): void {
  if (messages.isTerminal) messages.write(`\r${text}\x1b[K`);
}

function overview(rows: readonly Row[]): string {
  return table([
    ['ALGORITHM', 'SINGLE STREAM', 'IN LANES', 'GAIN', 'LANES', 'COMPUTED BY'],
    ...rows.map((row) => [
      row.label,
      rateText(row.megabytesPerSecond.single),
      rateText(row.megabytesPerSecond.lanes),
      row.laneGain === null ? '–' : `× ${row.laneGain.toFixed(1)}`,
      lanesText(row),
      computedBy(row),
    ]),
  ]);
}
