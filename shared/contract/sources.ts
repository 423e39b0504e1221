/** What was granted and waits, folders to choose from, and uploads. */
import * as z from 'zod';
import { limits } from '../jobs/limits.ts';
import { algorithmName } from './algorithms.ts';

/** Something granted by the user, waiting to be hashed. `id` is opaque and stands for the path. */
export const source = z.object({
  id: z.string(),
  kind: z.enum(['file', 'folder', 'upload']),
  /** Last segment, for people. */
  name: z.string(),
  /** The whole path, for people; a name that is not UTF-8 shows U+FFFD. */
  path: z.string(),
  /** Bytes; null for a folder. */
  size: z.number().nullable(),
});
export type Source = z.infer<typeof source>;

/** One folder of the server's, for the web host's "Choose a folder". */
export const folderListing = z.object({
  path: z.string(),
  /** null at the root. */
  parent: z.string().nullable(),
  folders: z.array(z.object({ name: z.string(), path: z.string() })),
  /** True when only the first entries are listed. */
  truncated: z.boolean(),
});
export type FolderListing = z.infer<typeof folderListing>;

/** What a checksum file says of itself before anything is verified. */
export const manifestInspection = z.object({
  /** Such as "SHA-256, GNU, binary". */
  explanation: z.string(),
  dialect: z.string(),
  algorithms: z.array(algorithmName),
  /** Lines that name a file and its digest. */
  entries: z.number().int(),
  malformed: z.number().int(),
  /** False when only its beginning was read, and there are more entries. */
  isWhole: z.boolean(),
  /** The folder that its names are taken to lie below, for people. */
  root: z.string(),
  /** A signature around or beside it; nothing has checked it yet. */
  signature: z.enum(['none', 'minisign', 'signify', 'pgp', 'other']),
});
export type ManifestInspection = z.infer<typeof manifestInspection>;

/** What a waiting source is, beyond a file or a folder. */
export const inspection = z.object({
  id: z.string(),
  /** Null for whatever is no checksum file. */
  manifest: manifestInspection.nullable(),
});
export type Inspection = z.infer<typeof inspection>;

export const uploadEntry = z.object({
  /** Path below what was dropped, `/` between segments. */
  path: z.string().min(1).max(limits.pathLength),
  size: z.number().int().nonnegative().max(limits.uploadBytes),
});

/** Why a page cannot send a file that it declared. */
export const uploadFailure = z.enum(['ENOENT', 'EACCES', 'EIO', 'UPLOAD_ABORTED']);
export type UploadFailure = z.infer<typeof uploadFailure>;
