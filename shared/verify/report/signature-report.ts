/** What is said of the signature of a manifest. */

export const signatureStatuses = ['signed', 'bad', 'not-checked', 'none'] as const;
export type SignatureStatus = (typeof signatureStatuses)[number];

export interface SignatureReport {
  readonly status: SignatureStatus;
  /** The number of the key, in upper-case hex; absent where nothing says it. */
  readonly key?: string;
  /** What the key is called here. */
  readonly name?: string;
  /** When the key was trusted: a date, ISO 8601. */
  readonly trusted?: string;
  readonly form?: 'minisign' | 'signify' | 'pgp';
  /** The file that has it; absent where it is around or inside the manifest. */
  readonly file?: string;
  /** Text that is signed with it. */
  readonly comment?: string;
  /** Why it is bad or not checked: the end of a sentence. */
  readonly reason?: string;
}

/** Of the whole: bad where one is, signed where all are. */
export function wholeSignature(all: readonly SignatureReport[]): SignatureReport {
  const first = (status: SignatureStatus): SignatureReport | undefined => all.find((each) => each.status === status);
  const bad = first('bad');
  if (bad !== undefined) return bad;
  if (all.length > 0 && all.every(({ status }) => status === 'signed')) return all[0]!;
  return first('not-checked') ?? { status: 'none' };
}
