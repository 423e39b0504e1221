/** Where an identical copy of what is damaged or gone is: in the same folder, in another that is guarded, or in the history. */
import type { GuardRecord } from '#shared/guard/record.ts';
import type { CheckReport, Copy, Finding } from '#shared/guard/report/model.ts';
import { inFolder } from '../tasks/folder/folder-names.ts';
import { type GuardStore, readRecord } from './guard-store.ts';
import { searchHistory } from './history-hints.ts';

const keyOf = (digest: Uint8Array): string => Buffer.from(digest).toString('latin1');

/** The report with hints. A record of another folder that cannot be read gives none. */
export async function withHints(report: CheckReport, store: GuardStore): Promise<CheckReport> {
  const needsCopy = ({ state, expected }: Finding): boolean =>
    expected !== undefined && (state === 'damaged' || state === 'gone');
  const wanted = new Map<string, Copy | null>();
  for (const finding of report.findings) if (needsCopy(finding)) wanted.set(keyOf(finding.expected!), null);
  if (wanted.size === 0) return report;
  search(report.record, wanted);
  const own = Buffer.from(report.header.root);
  for (const folder of await store.list()) {
    const record = await readRecord(folder.file).catch(() => undefined);
    if (record === undefined || record.header.algorithm !== report.header.algorithm) continue;
    if (Buffer.compare(own, record.header.root) !== 0) search(record, wanted);
  }
  const files = report.findings.filter(needsCopy).map(({ path }) => keyOf(inFolder(report.header.root, path)));
  await searchHistory(store, report.header.algorithm, wanted, new Set(files));
  const findings = report.findings.map((finding): Finding => {
    const copy = needsCopy(finding) ? wanted.get(keyOf(finding.expected!)) : undefined;
    return copy ? { ...finding, copy } : finding;
  });
  return { ...report, findings };
}

/** The copy that was checked last stands. */
function search(record: GuardRecord, wanted: Map<string, Copy | null>): void {
  for (let number = 0; number < record.numbers; number++) {
    if (!record.has(number) || record.isDamaged(number)) continue;
    const key = keyOf(record.digest(number));
    const before = wanted.get(key);
    const checkedMs = record.checkedMs(number);
    if (before === undefined || (before !== null && before.checkedMs >= checkedMs)) continue;
    wanted.set(key, { path: inFolder(record.header.root, record.path(number)).slice(), checkedMs });
  }
}
