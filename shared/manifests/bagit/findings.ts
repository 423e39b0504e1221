/** What may be said of a bag. Codes are stable: scripts and reports hold to them. */

export type BagFindingCode =
  | 'declaration-missing' // no bagit.txt
  | 'declaration-malformed' // bagit.txt does not hold its two lines, or begins with a byte order mark
  | 'version-unsupported'
  | 'encoding-unsupported'
  | 'payload-folder-missing' // no data/
  | 'manifest-missing' // no payload manifest
  | 'algorithm-unsupported' // a manifest whose digests cannot be computed
  | 'tag-file-unreadable'
  | 'text-malformed' // bytes that are not in the declared encoding
  | 'line-malformed'
  | 'name-unsafe' // leads out of the bag, or not into data/; never opened
  | 'name-not-utf8' // a file that no manifest can list
  | 'entry-twice'
  | 'entry-twice-different' // listed twice with unequal digests
  | 'name-normalisation' // found under another Unicode normalisation
  | 'name-case' // found under another case
  | 'name-literal' // a percent sign that was not encoded
  | 'name-marker' // `*` or `./` before a name
  | 'system-file-missing' // .DS_Store and its kind
  | 'missing'
  | 'to-fetch'
  | 'unlisted'
  | 'not-in-every-manifest'
  | 'not-a-file'
  | 'changed' // another digest than the manifest says
  | 'unreadable'
  | 'oxum-missing'
  | 'oxum-malformed'
  | 'oxum-mismatch'
  | 'metadata-malformed';

export interface BagFinding {
  readonly code: BagFindingCode;
  readonly severity: 'error' | 'warning';
  /** The file or tag file it is about. */
  readonly path?: string;
  /** The tag file that says so. */
  readonly source?: string;
  /** From 1 on. */
  readonly line?: number;
  readonly algorithm?: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly detail?: string;
}

export type Report = (finding: BagFinding) => void;

/** A finding in one line, without control characters of its own making: names are given as they are. */
export function findingText(finding: BagFinding): string {
  const where = finding.source === undefined ? '' : ` (${finding.source}${finding.line ? `:${finding.line}` : ''})`;
  const values =
    finding.expected === undefined ? '' : `: expected ${finding.expected}, found ${finding.actual ?? 'nothing'}`;
  const detail = finding.detail === undefined ? '' : `: ${finding.detail}`;
  const algorithm = finding.algorithm === undefined ? '' : ` ${finding.algorithm}`;
  return `${finding.severity}: ${finding.code}${algorithm} ${finding.path ?? ''}${where}${values}${detail}`;
}
