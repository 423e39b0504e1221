/**
 * What the window knows of one kind of job. A feature is a folder with its model, its view and its actions, and one
 * line in `registry.ts`: adding one edits neither the session nor the actions of others.
 */
import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { JobKind } from '#shared/contract/kinds/registry.ts';
import type { JobSummary } from '#shared/contract/models.ts';
import type { Block } from '../client/reception.ts';
import type { Offer, Waiting } from '../offers/offer.ts';
import type { Standing, Verdict } from '../verdict/verdict.ts';

/** Results that were cleared and can still come back. */
export interface Cleared {
  /** Takes in a block that was under way when its job was cleared; it is shown only after `restore`. */
  take(block: Block): void;
  /** Puts the old results back, before what has come since. */
  restore(): void;
}

/** The results of the jobs of one kind that are shown. */
export interface JobModel {
  /** The job's blocks come from now on, the first one first. */
  begin(job: JobSummary): void;
  take(block: Block): void;
  /** Begins with nothing. */
  clear(): Cleared;
}

export interface PaneProps<Model> {
  readonly model: Model;
}

export interface JobFeature<Model extends JobModel = JobModel> {
  readonly kind: JobKind;
  readonly icon: LucideIcon;
  createModel(): Model;
  /** The results of what is shown, below the header with its verdict. */
  readonly Pane: ComponentType<PaneProps<Model>>;
  /** One job's results at a time, unless jobs of the kind can share a table. */
  readonly sharesTable: boolean;
  /** What came of a job that has finished, in one sentence. */
  verdict(standing: Standing): Verdict;
  /** What a job of the kind would do with what waits; null where it can do nothing with it. */
  offer?(waiting: Waiting): Offer | null;
}

/** A feature whose model only its own folder knows. */
// biome-ignore lint/suspicious/noExplicitAny: each feature's view takes the model that the same feature makes
export type AnyFeature = JobFeature<any>;
