/** A plan: how one tree is shared among parts. It lies as `plan.json` beside the lists of its parts. */
import * as z from 'zod';
import { defaultWalk, type WalkOptions, walkFieldNames, walkOptionsOf } from '../jobs/walk-options.ts';
import { maxShards } from './shard.ts';

export const planFile = 'plan.json';
export const planVersion = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();
const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);

const planPart = z.object({
  /** Name of the list, beside the plan. */
  list: z.string().regex(/^part-\d{5}\.list$/),
  entries: count,
  bytes: count,
  /** SHA-256 of the list. */
  digest: sha256,
});

export const plan = z.object({
  format: z.literal('hashlane-plan'),
  version: z.literal(planVersion),
  /** SHA-256 of what the plan says, as `planText` writes it. */
  digest: sha256,
  /** As it was given: names in the results begin so. Base64, for names need not be UTF-8. */
  root: base64,
  /** What a relative root refers to, base64. */
  folder: base64.optional(),
  /** The engine checks the values; what an earlier version did not know is as it was then. */
  walk: z.record(z.string(), z.unknown()).transform((given) => walkOptionsOf(given as Partial<WalkOptions>)),
  files: count,
  bytes: count,
  parts: z.array(planPart).min(1).max(maxShards),
});
export type Plan = z.infer<typeof plan>;
export type PlanPart = z.infer<typeof planPart>;

/** The text whose SHA-256 is the plan's digest: members in this order, without spaces; walk options where they are not the defaults. */
export function planText({ root, folder = '', walk, parts }: Pick<Plan, 'root' | 'folder' | 'walk' | 'parts'>): string {
  const chosen = walkFieldNames.filter((name) => JSON.stringify(walk[name]) !== JSON.stringify(defaultWalk[name]));
  const options = chosen.sort().map((name) => [name, walk[name]]);
  const lists = parts.map(({ list, entries, bytes, digest }) => [list, entries, bytes, digest]);
  return JSON.stringify(['hashlane-plan', planVersion, root, folder, options, lists]);
}

/** The name of a part's list. */
export function listName(part: number): string {
  return `part-${String(part).padStart(5, '0')}.list`;
}

/** What a journal says of the share of the work that it is of. */
export interface JournalPart {
  /** From 0 on. */
  readonly index: number;
  readonly count: number;
  /** How many files and other entries a plan's list names: so many results the part has. */
  readonly entries?: number;
  /** The plan's digest; absent where shards are told by names. */
  readonly plan?: string;
  /** The list's path, base64, for going on with it. */
  readonly list?: string;
}
