import type { Command } from 'commander';
import { type Algorithm, algorithms } from '#shared/tables/algorithms.ts';
import { table } from '#shared/text/table.ts';
import { type ExitStatus, exitStatus } from '../exit-status.ts';
import { computedBy, type KernelReport, lanesText, rateText, reportKernel } from '../kernel-report.ts';
import type { World } from '../world.ts';

const fitness = {
  secure: 'secure',
  broken: 'broken: collisions can be made',
  checksum: 'finds accidents only',
} as const;

/** Each kernel's: short, so that all of them together stay below half a second. */
const measuringMs = 4;

const notes = `
Digests are printed in hexadecimal, or in base32 where that is the custom (--json tells). SPEED is a
single stream's, IN LANES that of many streams side by side, together, on one thread. Each is
measured for ${measuringMs} thousandths of a second on bytes in the processor's cache: a hint. 'hashlane bench'
takes longer and is more exact.
`;

type Row = Omit<Algorithm, 'id'> & KernelReport;

export function addAlgorithmsCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  program
    .command('algorithms')
    .summary('list the algorithms')
    .description('Lists the algorithms: name, digest length, what each is fit for, what computes it here, how fast.')
    .option('--json', 'as JSON')
    .addHelpText('after', notes)
    .action(async ({ json }: { json?: true }) => {
      const engine = world.loadEngine({ threads: 1 });
      const rows: Row[] = [];
      try {
        for (const { id: _, ...algorithm } of algorithms) {
          const report = await reportKernel(engine, algorithm.name, measuringMs, world.interruption);
          rows.push({ ...algorithm, ...report });
        }
      } finally {
        await engine.close();
      }
      const text = json ? `${JSON.stringify(rows, null, 2)}\n` : overview(rows);
      await world.output.write(new TextEncoder().encode(text));
      exit(exitStatus.ok);
    });
}

function overview(rows: readonly Row[]): string {
  return table([
    ['NAME', 'LABEL', 'DIGEST', 'FITNESS', 'COMPUTED BY', 'SPEED', 'LANES', 'IN LANES'],
    ...rows.map((row) => [
      row.name,
      row.label,
      `${row.digestLength * 8} bit`,
      fitness[row.fit],
      computedBy(row),
      rateText(row.megabytesPerSecond.single),
      lanesText(row),
      rateText(row.megabytesPerSecond.lanes),
    ]),
  ]);
}
