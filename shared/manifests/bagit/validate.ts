/** Validates a bag: every stage runs, whatever an earlier one found, so that one run finds all. */
import type { Tree } from '../tree.ts';
import { bagInfoValue, type Oxum, parseOxum } from './bag-info.ts';
import { type Completeness, checkCompleteness } from './completeness.ts';
import type { BagFinding, Report } from './findings.ts';
import { type Bag, readBag } from './read-bag.ts';

/** `oxum`: structure and totals; `complete`: and every name; `valid`: and every digest. Each holds the ones before. */
export type BagLevel = 'oxum' | 'complete' | 'valid';

export interface BagResult {
  readonly level: BagLevel;
  /** No finding is an error. */
  readonly valid: boolean;
  readonly version: string;
  readonly payload: Oxum;
  readonly algorithms: readonly string[];
  readonly findings: readonly BagFinding[];
}

/** Rejects when the folder cannot be listed, and with what `tree.digest` throws; all else is a finding. */
export async function validateBag(tree: Tree, level: BagLevel): Promise<BagResult> {
  const findings: BagFinding[] = [];
  const report: Report = (finding) => findings.push(finding);
  const bag = await readBag(tree, level !== 'oxum', report);
  const files = [...bag.listing.entries.values()].filter((e) => e.kind === 'file' && e.path.startsWith('data/'));
  const payload = { octets: files.reduce((sum, { size }) => sum + size, 0), streams: files.length };

  if (bag.listing.entries.get('data')?.kind !== 'folder')
    report({ code: 'payload-folder-missing', severity: 'error', path: 'data' });
  if (!bag.manifests.some(({ kind }) => kind === 'manifest')) report({ code: 'manifest-missing', severity: 'error' });
  const complete = level === 'oxum' ? null : checkCompleteness(bag, report);
  checkOxum(bag, payload, level, complete, report);
  if (level === 'valid') await checkFixity(tree, complete!, report);

  const algorithms = [...new Set(bag.manifests.map(({ algorithm }) => algorithm))];
  const valid = !findings.some(({ severity }) => severity === 'error');
  return { level, valid, version: bag.declaration.version, payload, algorithms, findings };
}

function checkOxum(bag: Bag, payload: Oxum, level: BagLevel, complete: Completeness | null, report: Report): void {
  const path = bag.infoFile ?? 'bag-info.txt';
  const value = bagInfoValue(bag.info, 'Payload-Oxum');
  if (value === undefined) {
    if (level === 'oxum') report({ code: 'oxum-missing', severity: 'error', path });
    return;
  }
  const oxum = parseOxum(value);
  if (oxum === null) {
    report({ code: 'oxum-malformed', severity: 'error', path, actual: value, expected: 'OCTETS.STREAMS' });
    return;
  }
  if (oxum.octets === payload.octets && oxum.streams === payload.streams) return;
  // Absent system files explain the difference when their number does; files to fetch are told as such.
  const excused =
    complete !== null && oxum.streams === payload.streams + complete.excused.size && complete.excused.size > 0;
  const actual = `${payload.octets}.${payload.streams}`;
  report({ code: 'oxum-mismatch', severity: excused ? 'warning' : 'error', path, expected: value, actual });
}

/** Files that are checked by the same algorithms are read together, each once. */
async function checkFixity(tree: Tree, { expected }: Completeness, report: Report): Promise<void> {
  const groups = new Map<string, string[]>();
  for (const [path, expectations] of expected) {
    const key = [...new Set(expectations.map(({ algorithm }) => algorithm))].sort().join(',');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [path]);
    else group.push(path);
  }
  for (const [key, paths] of groups) {
    const open = new Set(paths);
    for await (const file of tree.digest(paths, key.split(','))) {
      const { path, status, error, digests } = file;
      if (!open.delete(path)) continue;
      if (status !== 'ok') {
        const detail = status === 'changed' ? 'changed while it was read' : (error?.message ?? status);
        report({ code: status === 'missing' ? 'missing' : 'unreadable', severity: 'error', path, detail });
        continue;
      }
      for (const { algorithm, digest, source, line } of expected.get(path)!) {
        const actual = digests[algorithm];
        if (actual !== digest)
          report({
            code: 'changed',
            severity: 'error',
            path,
            source,
            line,
            algorithm,
            expected: digest,
            actual: actual ?? '',
          });
      }
    }
    for (const path of open) report({ code: 'unreadable', severity: 'error', path, detail: 'was not read' });
  }
}
