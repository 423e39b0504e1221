/** How the records of a verification become rows. */
import { type VerifyEntry, type VerifyRecord, verifyRecord } from '#shared/contract/kinds/verify.ts';
import type { EntryStatus } from '#shared/verify/statuses.ts';
import type { ReportKind } from '../report/report-model.ts';

/** What people have to look at first comes first. */
export const verifyStatuses = [
  'changed',
  'missing',
  'unreadable',
  'moved',
  'outside-root',
  'malformed',
  'not-comparable',
  'unlisted',
  'ok',
] as const satisfies readonly EntryStatus[];

export type VerifySummary = Extract<VerifyRecord, { type: 'summary' }>;

const numbers = new Map<string, number>(verifyStatuses.map((status, number) => [status, number]));

export const verifyReport: ReportKind<EntryStatus> = {
  statuses: verifyStatuses,
  // A million of them come: the schema is for what is drawn.
  reader() {
    const manifests: string[] = [];
    return {
      rows(record) {
        const { type, status, path, text } = record as Partial<VerifyEntry>;
        const number = numbers.get(String(status));
        if (type !== 'entry' || number === undefined) return [];
        return [{ status: number, name: path ?? text ?? '' }];
      },
      pack: (record) => packed(record as Partial<VerifyEntry>, manifests),
      unpack: (value, name) => unpacked(value as Packed, name, manifests),
    };
  },
  summaryOf(record) {
    const parsed = verifyRecord.safeParse(record);
    return parsed.success && parsed.data.type === 'summary' ? parsed.data : undefined;
  },
};

/** An entry that is as listed, of which there is nothing else to say: most are, and they have to be small. */
type Packed = readonly [algorithm: string, digest: string, line: number, manifest: number];

/** Members of an entry that has nothing special. */
const plainMembers = 8;

function packed(entry: Partial<VerifyEntry>, manifests: string[]): Packed | undefined {
  const { status, path, algorithm, expected, actual, manifest, line } = entry;
  if (status !== 'ok' || expected !== actual || Object.keys(entry).length !== plainMembers) return undefined;
  if (typeof path !== 'string' || typeof algorithm !== 'string' || typeof expected !== 'string') return undefined;
  if (typeof manifest !== 'string' || typeof line !== 'number' || /[\ud800-\udfff]/u.test(path)) return undefined;
  let at = manifests.indexOf(manifest);
  if (at < 0) at = manifests.push(manifest) - 1;
  return [algorithm, expected, line, at];
}

function unpacked([algorithm, digest, line, manifest]: Packed, path: string, manifests: readonly string[]): unknown {
  const plain = { type: 'entry', status: 'ok', expected: digest, actual: digest } as const;
  return { ...plain, path, algorithm, line, manifest: manifests[manifest]! };
}

/** The entry of a row, for drawing it; null for a record in a form that is not known. */
export function entryOf(record: unknown): VerifyEntry | null {
  const parsed = verifyRecord.safeParse(record);
  return parsed.success && parsed.data.type === 'entry' ? parsed.data : null;
}

/** A path that the system understands, of an entry below `root`; null where there is none. */
export function fullPath(entry: VerifyEntry, summary: VerifySummary | null): string | null {
  if (entry.path === null || entry.pathBase64 !== undefined || summary === null) return null;
  const manifest = summary.manifests.find(({ name }) => name === entry.manifest) ?? summary.manifests[0];
  if (manifest === undefined) return null;
  const separator = manifest.root.includes('\\') && !manifest.root.includes('/') ? '\\' : '/';
  const relative = entry.foundAt ?? entry.path;
  if (/^([/\\]|[A-Za-z]:)/.test(relative)) return relative;
  return `${manifest.root.replace(/[/\\]$/, '')}${separator}${relative}`;
}
