/** The whole of Diagnostics as plain text, to be pasted into a bug report. Names no file. */
import type { ProcessReading, SystemInfo } from '#shared/contract/models.ts';
import type { StatsReading } from '#shared/stats/reader.ts';
import { algorithm } from '#shared/tables/algorithms.ts';
import { formatCount, formatDuration, formatSize } from '#shared/text/quantities.ts';

export interface ReportParts {
  readonly system: SystemInfo;
  readonly reading: StatsReading | null;
  readonly process: ProcessReading | null;
}

function section(title: string, lines: readonly string[]): string {
  return [title, ...lines.map((line) => `  ${line}`)].join('\n');
}

export function diagnosticsReport({ system, reading, process }: ReportParts): string {
  const sections = [
    section(`Hashlane ${system.version}`, [
      `host: ${system.host}, ${system.platform}, ${system.runtime}`,
      `engine: ${system.engine.version}, ${system.engine.threads} threads`,
      `cpu: ${system.engine.cpu.join(' ') || 'no features reported'}`,
    ]),
    section(
      'Kernels',
      system.engine.kernels.map(
        (kernel) => `${algorithm(kernel.algorithm).label}: ${kernel.implementation}, self-test ${kernel.selfTest}`,
      ),
    ),
  ];
  if (process !== null) {
    const { loopDelayMs: delay } = process;
    sections.push(
      section('Process', [
        `up: ${formatDuration(process.uptimeMs / 1e3)}`,
        `memory: ${formatSize(process.residentBytes)} resident, ${formatSize(process.heapUsedBytes)} JavaScript heap`,
        `event-loop delay: mean ${delay.mean.toFixed(1)} ms, p99 ${delay.p99.toFixed(1)} ms, max ${delay.max.toFixed(1)} ms`,
        `unacknowledged batches: ${process.unacknowledgedBatches}`,
      ]),
    );
  }
  if (reading !== null) sections.push(...engineSections(reading));
  return `${sections.join('\n\n')}\n`;
}

function engineSections({ engine, threads, pools }: StatsReading): string[] {
  return [
    section(
      'Engine counters',
      Object.entries(engine).map(
        ([name, value]) => `${name}: ${typeof value === 'number' ? formatCount(value) : value}`,
      ),
    ),
    section(
      'Threads',
      threads.map(
        (thread, index) =>
          `${index + 1}: ${thread.state}, ${formatCount(thread.files)} files, ${formatSize(thread.bytes)}`,
      ),
    ),
    section(
      'Buffer pools',
      pools.map(
        (pool) =>
          `${pool.blockBytes} B: held ${pool.held}, in use ${pool.inUse}, peak ${pool.peak}, hits ${pool.hits}, misses ${pool.misses}, trimmed ${pool.trimmed}`,
      ),
    ),
  ];
}
