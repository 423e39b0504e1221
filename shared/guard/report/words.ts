/** Sentences about a check, the same in every report. */
import { formatCount, formatSize } from '../../text/quantities.ts';
import { decodeName } from '../../text/utf8.ts';
import type { Coverage } from '../coverage.ts';
import { guardStates } from '../states.ts';
import type { CheckReport, Finding } from './model.ts';

/** For people: control characters in it are not visible yet. */
export function verdictText({ verdict, reason, counts, header, readFiles }: CheckReport): string {
  const root = decodeName(header.root).text;
  const files = (count: number): string => `${formatCount(count)} ${count === 1 ? 'file' : 'files'}`;
  if (verdict === 'unavailable')
    return `UNAVAILABLE: ${root}: ${reason}. Nothing was compared and nothing is marked gone.`;
  if (verdict === 'damaged') {
    return `DAMAGED: the content of ${files(counts.damaged)} in ${root} changed although nobody wrote to ${counts.damaged === 1 ? 'it' : 'them'}.`;
  }
  if (verdict === 'failed') {
    const parts = [
      counts.gone > 0 ? `${files(counts.gone)} gone` : '',
      counts.unreadable > 0 ? `${files(counts.unreadable)} unreadable` : '',
    ];
    return `FAILED: ${parts.filter((part) => part !== '').join(', ')} in ${root}.`;
  }
  return `OK: ${files(readFiles)} read in ${root}, no damage.`;
}

export function countsText({ counts }: CheckReport): string {
  const parts = guardStates
    .filter((state) => counts[state] > 0)
    .map((state) => `${formatCount(counts[state])} ${state}`);
  return parts.length === 0 ? 'nothing was due' : parts.join(', ');
}

export function coverageText({ percent, days, bytes, files, oldestCheckMs }: Coverage): string {
  const whole = `${formatCount(files)} files, ${formatSize(bytes)}`;
  const oldest = oldestCheckMs === null ? '' : `; oldest check ${new Date(oldestCheckMs).toISOString().slice(0, 10)}`;
  return `${percent} % of ${whole} read within ${days} days${oldest}`;
}

/** What more is known of a finding; '' where it is nothing. */
export function detailText({ foundAt, error, copy, state }: Finding): string {
  const parts: string[] = [];
  if (foundAt !== undefined) parts.push(`now at ${decodeName(foundAt).text}`);
  if (error !== undefined) parts.push(`${error.message} (${error.code})`);
  if (state === 'older') parts.push('other content with an older time: restored from a backup?');
  if (copy !== undefined) {
    const day = new Date(copy.checkedMs).toISOString().slice(0, 10);
    parts.push(`an identical copy of what is on record, checked on ${day}, is at ${decodeName(copy.path).text}`);
  }
  return parts.join('; ');
}
