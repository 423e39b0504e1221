/** What becomes of an entry of a manifest; the position in the list is the byte in the columns. */
export const entryStatuses = [
  'ok',
  'changed',
  'missing',
  'unreadable',
  'moved',
  'unlisted',
  'malformed',
  'outside-root',
  'not-comparable',
] as const;

export type EntryStatus = (typeof entryStatuses)[number];

export const statusNumber = Object.fromEntries(entryStatuses.map((name, at) => [name, at])) as Readonly<
  Record<EntryStatus, number>
>;

/** Not judged yet: never shown. */
export const pendingStatus = 255;

/** Whether the status fails the verification. */
export function fails(status: EntryStatus, unlisted: UnlistedPolicy): boolean {
  return status === 'unlisted' ? unlisted === 'fail' : status !== 'ok';
}

export const unlistedPolicies = ['report', 'ignore', 'fail'] as const;
export type UnlistedPolicy = (typeof unlistedPolicies)[number];

/** Why an entry is what it is, beyond its status. */
export const entryNotes = [
  'none',
  /** The name on the disk differs in its Unicode normalisation. */
  'normalised',
  /** `\` was taken for a separator. */
  'backslash',
  /** Reached over a link that stays below the root. */
  'link',
  /** The size in the manifest is another; the file was not read. */
  'size',
  /** The name leads out of the root. */
  'name-outside',
  /** A link leads out of the root. */
  'link-outside',
  /** The entry names no digest that can be computed here. */
  'no-digest',
] as const;
export type EntryNote = (typeof entryNotes)[number];

/** For people; '' where there is nothing to say. */
export const noteTexts: Readonly<Record<EntryNote, string>> = {
  none: '',
  normalised: 'the name on the disk has another Unicode normalisation',
  backslash: 'backslashes read as separators',
  link: 'reached over a symbolic link',
  size: 'the size differs, so the file was not read',
  'name-outside': 'the name leads out of the root',
  'link-outside': 'a symbolic link leads out of the root',
  'no-digest': 'there is no digest to compare with',
};
