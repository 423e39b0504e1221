/** Some results of jobs, as a page names them. */
import type { SomeResults } from '#shared/contract/results.ts';

export type ResultTest = (jobId: number, entryId: number) => boolean;

export function chosenResults(chosen: readonly SomeResults[]): ResultTest {
  const bits = new Map(chosen.map(({ job, entries }) => [job, Buffer.from(entries, 'base64')]));
  return (jobId, entryId) => {
    const ofJob = bits.get(jobId);
    const byte = Math.floor(entryId / 8);
    return ofJob !== undefined && byte < ofJob.length && ((ofJob[byte]! >> (entryId % 8)) & 1) === 1;
  };
}
