import type { PublicKey } from '#shared/signatures/public-key.ts';

/** A key that signatures are verified against. */
export interface KnownKey extends PublicKey {
  /** What people call it. */
  readonly name: string;
  /** When it was trusted, ISO 8601; absent for one that was given for this time. */
  readonly trusted?: string;
}
