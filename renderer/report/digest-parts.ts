/** Where two digests differ, in groups that the eye can follow. */

export interface DigestPart {
  readonly text: string;
  readonly differs: boolean;
}

/** Digits that stand together. */
const groupLength = 8;

/** `digest` in groups, those marked in which it differs from `other`. */
export function digestParts(digest: string, other: string | null): DigestPart[] {
  const parts: DigestPart[] = [];
  for (let at = 0; at < digest.length; at += groupLength) {
    const text = digest.slice(at, at + groupLength);
    parts.push({ text, differs: other !== null && other.slice(at, at + groupLength) !== text });
  }
  return parts;
}
