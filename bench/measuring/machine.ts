/** What was measured on. */
import os from 'node:os';
import { z } from 'zod';
import { formatSize } from '#shared/text/quantities.ts';

export const machine = z.object({
  processor: z.string(),
  cores: z.number(),
  memoryBytes: z.number(),
  system: z.string(),
  runtime: z.string(),
});
export type Machine = z.infer<typeof machine>;

export function thisMachine(): Machine {
  return {
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    system: `${os.type()} ${os.release().split('-')[0]} ${os.arch()}`,
    runtime: `Node ${process.versions.node}`,
  };
}

export const machineText = ({ processor, cores, memoryBytes, system, runtime }: Machine): string =>
  `${processor}, ${cores} cores, ${formatSize(memoryBytes)} of memory, ${system}, ${runtime}`;
