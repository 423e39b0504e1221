import type { Command } from 'commander';
import { algorithms } from '#shared/tables/algorithms.ts';
import type { KernelInfo } from '../../engine/engine.ts';
import { type ExitStatus, exitStatus } from '../exit-status.ts';
import { table } from '../table.ts';
import type { World } from '../world.ts';

const fitness = {
  secure: 'secure',
  broken: 'broken: collisions can be made',
  checksum: 'finds accidents only',
} as const;

export function addAlgorithmsCommand(program: Command, world: World, exit: (status: ExitStatus) => void): void {
  program
    .command('algorithms')
    .summary('list the algorithms')
    .description('Lists the algorithms: name, digest length, what it is fit for, and what computes it here.')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: true }) => {
      const engine = world.loadEngine({ threads: 1 });
      const { kernels } = engine.info;
      await engine.close();
      const text = json ? `${JSON.stringify(descriptions(kernels), null, 2)}\n` : overview(kernels);
      await world.output.write(new TextEncoder().encode(text));
      exit(exitStatus.ok);
    });
}

/** `digestLength` is in bytes. */
function descriptions(kernels: readonly KernelInfo[]): object[] {
  return algorithms.map(({ id: _, ...algorithm }) => {
    const kernel = kernels.find((candidate) => candidate.algorithm === algorithm.name);
    return { ...algorithm, implementation: kernel?.implementation ?? null, selfTest: kernel?.selfTest ?? null };
  });
}

function overview(kernels: readonly KernelInfo[]): string {
  const rows = algorithms.map(({ name, label, digestLength, fit }) => [
    name,
    label,
    `${digestLength * 8} bit`,
    fitness[fit],
    kernels.find((kernel) => kernel.algorithm === name)?.implementation ?? 'not available',
  ]);
  return table([['NAME', 'LABEL', 'DIGEST', 'FITNESS', 'COMPUTED BY'], ...rows]);
}
