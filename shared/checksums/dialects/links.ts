/** Lists of links, `ed2k://` and `magnet:?`, and of subresource integrity, `sha384-… name`. */

import { sharingLink } from '../../expected/links.ts';
import { integrityList } from '../../expected/prefixed.ts';
import { asText, malformed, type Reading } from './dialect.ts';

/** ASCII of either case; `text` is lower case. */
function startsWith(record: Uint8Array, text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const byte = record[at] ?? 0;
    if ((byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) !== text.charCodeAt(at)) return false;
  }
  return true;
}

export function readLink(record: Uint8Array): Reading | null {
  const isEd2k = startsWith(record, 'ed2k:');
  if (!isEd2k && !startsWith(record, 'magnet:')) return null;
  const recognised = sharingLink(asText(record).trim());
  if (recognised.kind !== 'expected') return malformed('no-digest');
  // For ED2K both conventions are possible; red is that of the programs that write such links.
  const { alternatives, name, size } = recognised.expected;
  const [digests = []] = alternatives;
  if (name === null || name.length === 0) return malformed('no-name');
  const kind = isEd2k ? ('ed2k' as const) : ('magnet' as const);
  return { kind: 'entry', name, digests, size, dialect: kind, label: isEd2k ? 'ED2K link' : 'magnet link' };
}

/** `sha384-digest  name`, one file a line; the integrity is a single word. */
export function readIntegrity(record: Uint8Array): Reading | null {
  if (!startsWith(record, 'sha')) return null;
  const text = asText(record.subarray(0, 256));
  const [, integrity = '', gap = ''] = /^(sha\d{3}-[A-Za-z0-9+/_-]+={0,2})( [ *]?)/.exec(text) ?? [];
  if (integrity === '') return null;
  if (record.length === integrity.length + gap.length) return malformed('no-name');
  const recognised = integrityList(integrity);
  if (recognised.kind !== 'expected') return malformed('digest-length');
  const [digests = []] = recognised.expected.alternatives;
  const name = record.slice(integrity.length + gap.length);
  return { kind: 'entry', name, digests, size: null, dialect: 'sri', label: 'SRI' };
}
