/** Results as text for the terminal. */
import { formatCount, formatRate, formatSize } from '#shared/text/quantities.ts';
import { table } from '#shared/text/table.ts';
import { timesText, verdict } from '../measuring/threshold.ts';
import type { SuiteResult } from './results.ts';

/** Three significant figures: `0.204 s`, `12.3 s`. */
export const secondsText = (seconds: number): string =>
  `${seconds.toFixed(seconds < 9.995 ? 3 : seconds < 99.95 ? 1 : 0)} s`;

export function suiteText(suite: SuiteResult): string {
  const rows = suite.contenders.map(({ name, seconds, cpuSeconds, peakMemoryBytes, hashlaneIs }) => [
    `  ${name}`,
    secondsText(seconds.median),
    secondsText(seconds.min),
    secondsText(seconds.max),
    formatRate(suite.bytes / seconds.median),
    secondsText(cpuSeconds),
    formatSize(peakMemoryBytes),
    hashlaneIs === null ? '' : timesText(hashlaneIs),
  ]);
  const head = ['', 'MEDIAN', 'MIN', 'MAX', 'SPEED', 'PROCESSOR', 'MEMORY', 'HASHLANE IS'];
  const notes = [
    ...suite.thresholds.map((threshold) => `${threshold.text}: ${verdict(threshold)}`),
    ...suite.missing.map((one) => `${one.program} is not installed (apt-get install ${one.package})`),
    ...suite.incomplete.map(
      ({ name, files }) => `${name} hashed ${formatCount(files)} of ${formatCount(suite.files)} files`,
    ),
    ...suite.failed.map(({ name, reason }) => `${name} failed: ${reason}`),
    suite.disagreements.length === 0
      ? `${formatCount(suite.compared)} digests compared, all the same`
      : `DIGESTS DIFFER:\n${suite.disagreements.map((line) => `    ${line}`).join('\n')}`,
  ];
  return `\n${suite.name}: ${suite.work}\n${table([head, ...rows])}${notes.map((note) => `  ${note}\n`).join('')}`;
}
