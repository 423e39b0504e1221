/** One JSON object per file: Hashlane's own (`path`, `digests`) and those of `rclone lsjson --hash` (`Path`, `Hashes`). */
import { algorithmCalled } from '../../tables/algorithm-alias.ts';
import { fromBase64 } from '../../text/decode.ts';
import type { DialectName, ExpectedDigest } from '../model.ts';
import { asText, type DialectReader, isBlank, malformed, nothing, type Reading, withoutDigest } from './dialect.ts';
import { digestFromText } from './digest.ts';

type Fields = Readonly<Record<string, unknown>>;

const encoder = new TextEncoder();
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(record: Uint8Array): Fields | null {
  try {
    const value: unknown = JSON.parse(asText(record));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Digests of algorithms that are not known here are left out; null for one that is not of its algorithm. */
function digestsOf(fields: unknown): ExpectedDigest[] | null {
  if (!isObject(fields)) return [];
  const digests: ExpectedDigest[] = [];
  for (const [key, text] of Object.entries(fields)) {
    const called = algorithmCalled(key);
    if (called === null || text === '') continue;
    const digest = typeof text === 'string' ? digestFromText(called, text) : null;
    if (digest === null) return null;
    digests.push(digest);
  }
  return digests;
}

export class ObjectReader implements DialectReader {
  readonly dialect: DialectName;

  constructor(dialect: 'json' | 'jsonl' | 'rclone-lsjson') {
    this.dialect = dialect;
  }

  read(record: Uint8Array): Reading {
    if (isBlank(record)) return nothing;
    const fields = parse(record);
    if (fields === null) return malformed('not-in-dialect');
    const isRclone = this.dialect === 'rclone-lsjson';
    if (isRclone && fields.IsDir === true) return nothing;
    const name = this.#name(fields);
    if (name === null || name.length === 0) return malformed('no-name');
    const size = isRclone ? fields.Size : fields.size;
    // rclone says −1 of what has no size beforehand.
    const hasSize = size !== undefined && size !== null && !(isRclone && size === -1);
    if (hasSize && !(Number.isSafeInteger(size) && (size as number) >= 0)) return malformed('bad-size');
    const digests = digestsOf(isRclone ? fields.Hashes : fields.digests);
    if (digests === null) return malformed('digest-length');
    if (digests.length === 0) return withoutDigest(name, hasSize ? (size as number) : null);
    const label = isRclone ? 'rclone lsjson' : this.dialect === 'json' ? 'JSON' : 'JSON Lines';
    return { kind: 'entry', name, digests, size: hasSize ? (size as number) : null, dialect: this.dialect, label };
  }

  #name(fields: Fields): Uint8Array | null {
    if (typeof fields.pathBase64 === 'string') return fromBase64(fields.pathBase64)?.bytes ?? null;
    const path = this.dialect === 'rclone-lsjson' ? fields.Path : fields.path;
    return typeof path === 'string' ? encoder.encode(path) : null;
  }
}

/** Which of the two an array is of, by its first element. */
export function isRcloneObject(text: string): boolean {
  return /"Path"\s*:/.test(text) && !/"digests"\s*:/.test(text);
}
