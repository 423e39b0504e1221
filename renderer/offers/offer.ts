/** What can be done with what was added, beyond hashing it: each kind of job says what it would do. */

import type { JobKind, JobSpec } from '#shared/contract/kinds/registry.ts';
import type { ManifestInspection, Source } from '#shared/contract/models.ts';

export interface Waiting {
  readonly sources: readonly Source[];
  /** What is known of checksum files among them, by source. */
  readonly manifests: ReadonlyMap<string, ManifestInspection>;
}

export interface OfferFact {
  readonly label: string;
  readonly text: string;
  /** Something that people should know before they go on. */
  readonly isWarning?: boolean;
}

export interface Offer {
  readonly kind: JobKind;
  /** Of the button. */
  readonly label: string;
  readonly title: string;
  readonly facts: readonly OfferFact[];
  /** The start of the job; null where it cannot start, for the reason in `obstacle`. */
  readonly spec: JobSpec | null;
  readonly obstacle?: string;
  /** This is what was added for: nothing else starts by itself. */
  readonly isLikely: boolean;
  /** How many entries the job will judge, where that is known. */
  readonly expected?: number;
}

/** The one offer that stands first, if any does. */
export function likelyOffer(offers: readonly Offer[]): Offer | undefined {
  return offers.find(({ isLikely }) => isLikely);
}
