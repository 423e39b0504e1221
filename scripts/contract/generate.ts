/**
 * Writes `native/contract/contract.h` from the tables in `shared/`, so that the C++ side has
 * nothing to keep in step by hand. `--check` writes nothing and fails when the file is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as batch from '../../shared/batch/layout.ts';
import { engineLimits } from '../../shared/jobs/limits.ts';
import * as stats from '../../shared/stats/layout.ts';
import * as names from '../../shared/stats/names.ts';
import { algorithms } from '../../shared/tables/algorithms.ts';
import { errorCodes } from '../../shared/tables/error-codes.ts';
import { statuses } from '../../shared/tables/statuses.ts';

const target = fileURLToPath(new URL('../../native/contract/contract.h', import.meta.url));

const pascal = (text: string): string =>
  text
    .replace(/(\d)[^A-Za-z0-9]+(?=\d)/g, '$1_')
    .replace(/(^|[^A-Za-z0-9_]+)([A-Za-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
const constant = (text: string): string => `k${pascal(text.replace(/([a-z0-9])([A-Z])/g, '$1 $2'))}`;
const cType: Record<batch.FieldType, string> = {
  u8: 'std::uint8_t',
  u16: 'std::uint16_t',
  u32: 'std::uint32_t',
  u64: 'std::uint64_t',
  i64: 'std::int64_t',
};
const snake = (text: string): string => text.replace(/([A-Z])/g, '_$1').toLowerCase();

function struct(name: string, bytes: number, table: batch.FieldTable): string {
  const fields = Object.entries(table).sort(([, a], [, b]) => a[0] - b[0]);
  return [
    `struct alignas(64) ${name} {`,
    ...fields.map(([field, [, type]]) => `  ${cType[type]} ${snake(field)};`),
    '};',
    `static_assert(sizeof(${name}) == ${bytes});`,
    ...fields.map(([field, [offset]]) => `static_assert(offsetof(${name}, ${snake(field)}) == ${offset});`),
  ].join('\n');
}

function constants(type: string, values: Readonly<Record<string, number>>, prefix = ''): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        `inline constexpr ${type} ${constant(prefix + pascal(name.replace(/([a-z0-9])([A-Z])/g, '$1 $2')))} = ${value};`,
    )
    .join('\n');
}

function enumeration(name: string, values: readonly string[], comment: string): string {
  return `/// ${comment}\nenum class ${name} : std::uint32_t {\n${values
    .map(
      (value, index) =>
        `  ${constant(value.includes('-') || value.includes(' ') || value !== value.toUpperCase() ? value : value.toLowerCase().replace(/_/g, ' '))} = ${index},`,
    )
    .join('\n')}\n};`;
}

const text = `// Generated from the tables in shared/ by \`npm run contract\`. Do not edit.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hashlane {

${constants('std::uint32_t', {
  batchLayoutVersion: batch.batchLayoutVersion,
  batchMagic: batch.batchMagic,
  maxBatchBytes: batch.maxBatchBytes,
  identityBytes: batch.identityBytes,
})}
${constants('std::uint8_t', batch.recordFlags, 'flag ')}

${struct('BatchHeader', batch.batchHeaderBytes, batch.batchHeader)}

${struct('HotRecord', batch.hotRecordBytes, batch.hotRecord)}

${enumeration('Status', statuses, 'What became of an entry.')}

${enumeration(
  'ErrorCode',
  errorCodes.map((entry) => entry.code),
  'Why an entry has no digest. Texts are in shared/tables/error-codes.ts.',
)}

inline constexpr std::size_t kErrorCodes = ${errorCodes.length};

struct AlgorithmInfo {
  std::uint8_t id;
  const char* name;
  std::uint8_t digest_length;
};
/// In ascending id; the id is the bit in the batch header's algorithm mask.
inline constexpr AlgorithmInfo kAlgorithms[] = {
${algorithms.map((a) => `    {${a.id}, "${a.name}", ${a.digestLength}},`).join('\n')}
};
enum class AlgorithmId : std::uint8_t {
${algorithms.map((a) => `  ${constant(a.name)} = ${a.id},`).join('\n')}
};

// What callers may ask for at most; see shared/jobs/limits.ts.
namespace engine_limit {
${constants('std::uint64_t', engineLimits)}
}

// The stats block: unsigned 64-bit slots.
inline constexpr std::uint64_t kStatsMagic = ${stats.statsMagic}ull | (${stats.statsLayoutVersion}ull << 32);
namespace engine_slot {
${constants('std::size_t', stats.engineSlots)}
}
namespace thread_slot {
${constants('std::size_t', stats.threadSlots)}
}
namespace job_slot {
${constants('std::size_t', stats.jobSlots)}
}
namespace pool_slot {
${constants('std::size_t', stats.poolSlots)}
}
namespace algorithm_slot {
${constants('std::size_t', stats.algorithmSlots)}
}
namespace device_slot {
${constants('std::size_t', stats.deviceSlots)}
}
namespace event_slot {
${constants('std::size_t', stats.eventSlots)}
}
${enumeration('ThreadKind', names.threadKinds, 'What a thread is there for.')}
${enumeration('ThreadState', names.threadStates, 'What a thread does now.')}
${enumeration('JobState', names.jobStates, 'Where a job stands.')}
${enumeration('JobPriority', names.jobPriorities, 'Whose tasks go first.')}
${enumeration('DeviceClass', names.deviceClasses, 'What a device is, as far as reading goes.')}
${enumeration('PressureLevel', names.pressureLevels, 'How short of memory the system is.')}
${enumeration('EventKind', names.eventKinds, 'What happened; the numbers are in shared/stats/names.ts.')}
${constants('std::size_t', {
  threadNameBytes: stats.threadNameBytes,
  threadRegionSlots: stats.threadRegionSlots,
  jobRegionSlots: stats.jobRegionSlots,
  poolRegionSlots: stats.poolRegionSlots,
  algorithmRegionSlots: stats.algorithmRegionSlots,
  deviceNameBytes: stats.deviceNameBytes,
  deviceRegionSlots: stats.deviceRegionSlots,
  eventRegionSlots: stats.eventRegionSlots,
  maxWorkers: stats.maxWorkers,
  maxThreads: stats.maxThreads,
  maxJobs: stats.maxJobs,
  maxPools: stats.maxPools,
  maxDevices: stats.maxDevices,
  maxEvents: stats.maxEvents,
  maxReasons: stats.maxReasons,
  threadsAt: stats.threadsAt,
  jobsAt: stats.jobsAt,
  poolsAt: stats.poolsAt,
  algorithmsAt: stats.algorithmsAt,
  devicesAt: stats.devicesAt,
  eventsAt: stats.eventsAt,
  reasonsAt: stats.reasonsAt,
  statsSlots: stats.statsSlots,
})}

}  // namespace hashlane
`;

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('native/contract/contract.h is stale: run `npm run contract`');
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
