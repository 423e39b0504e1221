/** The report as plain text, to be pasted into a bug report or read on a terminal. */
import { algorithm } from '../tables/algorithms.ts';
import { formatCount, formatDuration, formatPercent, formatSize } from '../text/quantities.ts';
import { table } from '../text/table.ts';
import { escapeControlsInJson, makeVisible } from '../text/visible.ts';
import { blockSize, deviceReaders, threadName } from './figures.ts';
import type { DiagnosticsReport, EventReport, ProcessReport, WorkReport } from './report.ts';

type Rows = readonly (readonly string[])[];

const time = (milliseconds: number): string => formatDuration(milliseconds / 1e3);
const share = (part: number, whole: number): string => (whole === 0 ? '—' : formatPercent(part / whole));

export function reportText(report: DiagnosticsReport): string {
  const sections: (readonly [title: string, rows: Rows | undefined])[] = [
    [`Hashlane ${report.version}`, aboutRows(report)],
    ['Process', report.process === null ? undefined : processRows(report.process)],
    ['Work', report.stages && report.ways && workRows(report.stages, report.ways)],
    ['Files without a digest', report.reasons?.map(({ code, message, count }) => [code, formatCount(count), message])],
    ['Threads', report.threads && threadRows(report.threads)],
    ['Lanes', report.lanes && laneRows(report.lanes)],
    ['Memory', report.memory && memoryRows(report.memory)],
    ['Buffer pools', report.pools && poolRows(report.pools)],
    ['Batches and queues', report.batches && report.queues && batchRows(report.batches, report.queues)],
    ['Devices', report.devices && deviceRows(report.devices)],
    ['Events', report.events?.map((event) => [`${time(event.agoMs)} ago`, eventText(event)])],
    [
      'Kernels',
      report.engine.kernels.map((kernel) => [
        algorithm(kernel.algorithm).label,
        kernel.implementation,
        `self-test ${kernel.selfTest}`,
      ]),
    ],
  ];
  return sections.flatMap(([title, rows]) => (rows === undefined ? [] : [section(title, rows)])).join('\n');
}

/** Indented JSON; control characters of names are escaped, also those that JSON itself lets through. */
export function reportJson(report: DiagnosticsReport): string {
  const lines = JSON.stringify(report, null, 2).split('\n');
  return `${lines.map(escapeControlsInJson).join('\n')}\n`;
}

function section(title: string, rows: Rows): string {
  const body = rows.length === 0 ? 'none\n' : table(rows.map((row) => row.map(makeVisible)));
  return `${title}\n${body.replace(/^(?=.)/gm, '  ')}`;
}

function aboutRows({ host, platform, runtime, engine }: DiagnosticsReport): Rows {
  return [
    ['host', host],
    ['system', platform],
    ['runtime', runtime],
    ['engine', `${engine.version}, ${engine.threads} workers`],
    ['processor', engine.cpu.join(' ') || 'no features beyond the baseline'],
  ];
}

function processRows(process: ProcessReport): Rows {
  const { loopDelayMs: delay } = process;
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  return [
    ['running for', time(process.uptimeMs)],
    ['memory', `${formatSize(process.residentBytes)}, at most ${formatSize(process.peakResidentBytes)} so far`],
    [
      'of that JavaScript',
      `${formatSize(process.heapUsedBytes)} heap, ${formatSize(process.externalBytes)} outside the heap`,
    ],
    ['event loop', `${formatPercent(process.loopBusy)} at work`],
    ['event-loop delay', `mean ${ms(delay.mean)}, p99 ${ms(delay.p99)}, max ${ms(delay.max)}`],
    ['batches not acknowledged', formatCount(process.unacknowledgedBatches)],
  ];
}

function workRows(stages: WorkReport['stages'], ways: WorkReport['ways']): Rows {
  const reads = ways.readsFromMemory + ways.readsFromDevice;
  return [
    ['read', formatSize(stages.bytesRead)],
    ['hashed, all algorithms', formatSize(stages.bytesHashed)],
    ['files hashed', formatCount(stages.filesHashed)],
    ['folders listed', formatCount(stages.foldersListed)],
    ['filtered out', formatCount(stages.filteredOut)],
    ['results delivered', formatCount(stages.recordsDelivered)],
    ['files side by side', formatCount(ways.filesInLanes)],
    ['files in blocks', formatCount(ways.filesInBlocks)],
    ['files in pieces', formatCount(ways.filesInPieces)],
    ['files asked for ahead', formatCount(ways.filesPrefetched)],
    ['reads answered from memory', `${share(ways.readsFromMemory, reads)} of ${formatCount(reads)}`],
  ];
}

function threadRows(threads: WorkReport['threads']): Rows {
  return threads.map((thread) => [
    threadName(thread),
    thread.state === 'stalled' ? `stalled for ${time(thread.stalledMs)}` : thread.state,
    `${formatCount(thread.files)} files`,
    formatSize(thread.bytes),
    ...(thread.file === undefined ? [] : [thread.file]),
  ]);
}

function laneRows(lanes: WorkReport['lanes']): Rows {
  return lanes.map((lane) => [
    algorithm(lane.algorithm).label,
    `${formatSize(lane.laneBytes)} side by side`,
    lane.fill === null ? 'no lanes' : `${formatPercent(lane.fill)} filled`,
    `${formatSize(lane.streamBytes)} one by one`,
    `${formatSize(lane.partBytes)} in parts`,
    lane.kernel,
  ]);
}

function memoryRows(memory: WorkReport['memory']): Rows {
  return [
    ['held', `${formatSize(memory.held)}, at most ${formatSize(memory.peak)} so far`],
    ['ceiling', formatSize(memory.ceiling)],
    ['allowed now', formatSize(memory.allowed)],
    ['pressure', `${memory.pressure}, rose ${formatCount(memory.pressureRises)} times`],
    ['limit of the group', memory.groupLimit === null ? 'none' : formatSize(memory.groupLimit)],
    ['waits at the ceiling', `${formatCount(memory.waits)}, ${time(memory.waitMs)}`],
    ['trims', `${formatCount(memory.trims)}, ${formatSize(memory.trimmedBytes)}`],
  ];
}

function poolRows(pools: WorkReport['pools']): Rows {
  return pools.map((pool) => [
    blockSize(pool.blockBytes),
    `held ${formatCount(pool.held)}`,
    `in use ${formatCount(pool.inUse)}`,
    `peak ${formatCount(pool.peak)}`,
    `hits ${formatCount(pool.hits)}`,
    `misses ${formatCount(pool.misses)}`,
    `trimmed ${formatCount(pool.trimmed)}`,
  ]);
}

function batchRows(batches: WorkReport['batches'], queues: WorkReport['queues']): Rows {
  return [
    ['batches sealed', `${formatCount(batches.sealed)}, ${formatSize(batches.bytes)}`],
    ['results not yet sealed', `${formatCount(batches.openRecords)}, the oldest ${time(batches.openAgeMs)}`],
    ['slabs', `${formatCount(batches.slabs)}, ${formatSize(batches.slabBytes)}`],
    ['slabs with JavaScript', `${formatCount(batches.slabsOut)}, the oldest ${time(batches.oldestOutMs)}`],
    ['waits for a slab', formatCount(batches.slabWaits)],
    ['jobs at work', formatCount(queues.jobsActive)],
    ['groups that wait', `${formatCount(queues.groups)} of ${formatCount(queues.groupsCapacity)}`],
    ['folders that wait', formatCount(queues.folders)],
    ['overtakes', formatCount(queues.overtakes)],
  ];
}

function deviceRows(devices: WorkReport['devices']): Rows {
  return devices.map((device, index) => [
    `${index + 1}`,
    device.class,
    `readers ${deviceReaders(device)}`,
    `${formatCount(device.active)} active`,
    formatSize(device.bytesRead),
    device.givenUp ? 'given up' : device.stalledThreads > 0 ? `no answer to ${device.stalledThreads}` : 'answers',
    ...(device.mountedAt === undefined ? [] : [device.mountedAt]),
  ]);
}

function eventText({ kind, bytes = 0, pressure = 'none', silentMs = 0, thread = 0 }: EventReport): string {
  switch (kind) {
    case 'trimmed when idle':
    case 'trimmed for room':
    case 'trimmed under pressure':
      return `${kind}: ${formatSize(bytes)} given back`;
    case 'pressure':
      return `memory pressure ${pressure}: the pools may take ${formatSize(bytes)}`;
    case 'stalled':
      return `thread ${thread}: a device has not answered for ${time(silentMs)}`;
    case 'answered':
      return `thread ${thread}: the device answered after ${time(silentMs)}`;
    case 'given up':
      return `thread ${thread}: given up after ${time(silentMs)}`;
  }
}
