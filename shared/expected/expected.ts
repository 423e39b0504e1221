/** What somebody says a file is: a digest in some form, or several that must all hold. */
import type { ExpectedDigest } from '../checksums/model.ts';

export interface Expectation {
  /** For people: "hexadecimal", "SRI". */
  readonly form: string;
  /** The file is as expected when it has all digests of any one of these. */
  readonly alternatives: readonly (readonly ExpectedDigest[])[];
  /** Bytes of the file; null where the form does not say. */
  readonly size: number | null;
  /** What the form calls the file; null where it does not. */
  readonly name: Uint8Array | null;
  /** What of it cannot be checked here, as whole sentences. */
  readonly notes: readonly string[];
}

export type Recognition =
  | { readonly kind: 'expected'; readonly expected: Expectation }
  /** The form is known, and cannot say what the file is. `reason`: a whole sentence. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown' };

export const unknown: Recognition = { kind: 'unknown' };

export function refused(reason: string): Recognition {
  return { kind: 'refused', reason };
}

export function expectedOf(
  form: string,
  alternatives: readonly (readonly ExpectedDigest[])[],
  more: Partial<Omit<Expectation, 'form' | 'alternatives'>> = {},
): Recognition {
  return { kind: 'expected', expected: { form, alternatives, size: null, name: null, notes: [], ...more } };
}
