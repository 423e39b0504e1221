/** What a new generation of a history holds, once its files are hashed. */
import type { FileDigests } from '../tree.ts';
import { c4OfSha512 } from './c4.ts';
import type { FileReference } from './history.ts';
import { algorithmOf, type MhlAction, type MhlFile, type MhlFormat, type MhlHash } from './model.ts';

export type MhlFindingCode = 'changed' | 'missing' | 'new' | 'renamed' | 'unreadable';

export interface MhlFinding {
  readonly code: MhlFindingCode;
  readonly path: string;
  readonly format?: MhlFormat;
  readonly expected?: string;
  readonly actual?: string;
  /** Of a renamed file: where it was. */
  readonly previousPath?: string;
  readonly detail?: string;
}

function digestIn(format: MhlFormat, file: FileDigests): string | undefined {
  const digest = file.digests[algorithmOf[format]];
  return digest !== undefined && format === 'c4' ? c4OfSha512(digest) : digest;
}

export interface Judged {
  readonly records: readonly MhlFile[];
  readonly findings: readonly MhlFinding[];
}

/**
 * Holds every file against its reference. A format that is new to a file counts as `original` when
 * nothing is known of it, `verified` when a known format agreed in the same read, and is left out
 * when that failed. Missing files whose digests turn up under a new name are renames. `formats`: what
 * new files get; a known file is verified by every format it is known by that was computed.
 */
export function judge(
  files: readonly FileDigests[],
  references: ReadonlyMap<string, FileReference>,
  formats: readonly MhlFormat[],
  hashDate: string,
): Judged {
  const findings: MhlFinding[] = [];
  const records: MhlFile[] = [];
  const present = new Set(files.map(({ path }) => path));
  const lost = new Map<string, string[]>();
  for (const [path, reference] of references)
    if (!present.has(path))
      for (const [format, { digest }] of Object.entries(reference)) {
        const key = `${format}:${digest}`;
        const paths = lost.get(key);
        if (paths === undefined) lost.set(key, [path]);
        else paths.push(path);
      }
  const found = new Set<string>();

  for (const file of files) {
    const { path, size, status, error } = file;
    if (status !== 'ok') {
      const detail = status === 'changed' ? 'changed while it was read' : (error?.message ?? status);
      findings.push({ code: status === 'missing' ? 'missing' : 'unreadable', path, detail });
      continue;
    }
    let reference = references.get(path);
    let previousPath: string | undefined;
    if (reference === undefined) {
      const candidates = formats.flatMap((format) => lost.get(`${format}:${digestIn(format, file)}`) ?? []);
      previousPath = candidates.find((candidate) => !found.has(candidate));
      if (previousPath !== undefined) {
        found.add(previousPath);
        reference = references.get(previousPath);
        findings.push({ code: 'renamed', path, previousPath });
      } else if (references.size > 0) findings.push({ code: 'new', path });
    }
    const known = Object.entries(reference ?? {}) as [MhlFormat, { digest: string }][];
    const hashes: MhlHash[] = [];
    let failed = false;
    let agreed = false;
    for (const [format, { digest: expected }] of known) {
      const digest = digestIn(format, file);
      if (digest === undefined) continue;
      const action: MhlAction = digest === expected ? 'verified' : 'failed';
      if (action === 'verified') agreed = true;
      else {
        failed = true;
        findings.push({ code: 'changed', path, format, expected, actual: digest });
      }
      hashes.push({ format, digest, action, hashDate });
    }
    for (const format of formats) {
      const digest = digestIn(format, file);
      if (failed || digest === undefined || hashes.some((hash) => hash.format === format)) continue;
      hashes.push({ format, digest, action: agreed ? 'verified' : 'original', hashDate });
    }
    records.push({ kind: 'file', path, size, hashes, ...(previousPath ? { previousPath } : {}) });
  }
  for (const path of references.keys())
    if (!present.has(path) && !found.has(path)) findings.push({ code: 'missing', path });
  return { records, findings };
}
