/** Verify: is this what it should be? */
import * as z from 'zod';
import { limits } from '../../jobs/limits.ts';
import { signatureStatuses } from '../../verify/report/signature-report.ts';
import { entryStatuses, unlistedPolicies } from '../../verify/statuses.ts';
import { algorithmName } from '../algorithms.ts';

export const verifySpec = z.object({
  kind: z.literal('verify'),
  /** Ids of granted files: checksum files in any dialect. */
  manifests: z.array(z.string()).min(1).max(limits.jobs),
  /** Id of a granted folder that the names lie below; null: each manifest's own folder. */
  root: z.string().nullable(),
  /** Paths below the root, or patterns with `*` or `?`, that must be listed and ok. */
  require: z.array(z.string().min(1).max(limits.patternLength)).max(limits.patterns),
  unlisted: z.enum(unlistedPolicies),
  /** Whether missing files are looked for among those that nobody lists. */
  moved: z.boolean(),
  /** Ids of granted public keys, of which one must have signed each manifest; absent: the keys that are trusted. */
  signedBy: z.array(z.string()).min(1).max(limits.jobs).optional(),
});
export type VerifySpec = z.infer<typeof verifySpec>;

const digestPair = { algorithm: algorithmName, expected: z.string(), actual: z.string().nullable() };

/** An entry of a manifest, a folder that cannot be listed, or a file that no entry names. Each comes once, in any order. */
const verifyEntry = z.object({
  type: z.literal('entry'),
  /** As the manifest has it; null for a malformed line. */
  path: z.string().nullable(),
  pathBase64: z.string().optional(),
  algorithm: algorithmName.nullable(),
  expected: z.string().nullable(),
  actual: z.string().nullable(),
  status: z.enum(entryStatuses),
  manifest: z.string().nullable(),
  line: z.number().optional(),
  foundAt: z.string().optional(),
  existsAt: z.string().optional(),
  digests: z.array(z.object(digestPair)).optional(),
  note: z.string().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  reason: z.string().optional(),
  text: z.string().optional(),
});
export type VerifyEntry = z.infer<typeof verifyEntry>;

const signature = z.object({
  status: z.enum(signatureStatuses),
  key: z.string().optional(),
  name: z.string().optional(),
  trusted: z.string().optional(),
  form: z.enum(['minisign', 'signify', 'pgp']).optional(),
  file: z.string().optional(),
  comment: z.string().optional(),
  reason: z.string().optional(),
});

/** The last record. */
const verifySummary = z.object({
  type: z.literal('summary'),
  verdict: z.enum(['ok', 'failed']),
  /** One sentence. */
  sentence: z.string(),
  reasons: z.array(z.string()),
  required: z.array(z.object({ name: z.string(), state: z.enum(['ok', 'not-listed', 'failed']) })),
  signature: signature.extend({ text: z.string().optional() }),
  manifests: z.array(
    z.object({
      name: z.string(),
      root: z.string(),
      dialect: z.string(),
      explanation: z.string(),
      bytes: z.number(),
      sha256: z.string(),
      signature,
    }),
  ),
});

export const verifyRecord = z.discriminatedUnion('type', [verifyEntry, verifySummary]);
export type VerifyRecord = z.infer<typeof verifyRecord>;
