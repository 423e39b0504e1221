/** What somebody types to find rows: part of a name, a pattern, part of a digest, `status:missing`. */

export interface Query {
  /** Without what is said about the status. */
  readonly text: string;
  /** Words behind `status:`; a row has to have one of them. */
  readonly statuses: readonly string[];
  /** `*` and `?` stand for other characters: the whole name has to fit. */
  readonly isPattern: boolean;
  /** The text as digits of a digest, in lower case; null when it cannot be part of one, or is too short. */
  readonly digest: string | null;
}

/** As short as the shortest digest. Shorter text finds names only, which keeps typing a name fast. */
const minDigestText = 8;

export function parseQuery(typed: string): Query {
  const statuses: string[] = [];
  const rest = typed.replace(/(^|\s)status:(\S+)/gi, (_, before: string, word: string) => {
    statuses.push(word.toLowerCase());
    return before;
  });
  const text = statuses.length > 0 ? rest.trim() : rest;
  const digits = text
    .trim()
    .toLowerCase()
    .replace(/[\s:-]/g, '');
  const isDigest = digits.length >= minDigestText && /^[0-9a-z]+$/.test(digits);
  return { text, statuses, isPattern: /[*?]/.test(text), digest: isDigest ? digits : null };
}

/** Whether nothing is sought at all. */
export function isEmptyQuery({ text, statuses }: Query): boolean {
  return text === '' && statuses.length === 0;
}
