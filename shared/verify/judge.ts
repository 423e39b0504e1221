/** The one place where an entry becomes `ok`. */
import type { BatchView } from '../batch/reader.ts';
import { algorithm } from '../tables/algorithms.ts';
import { digestBytes } from './algorithm-lists.ts';
import type { Entries } from './entries.ts';

/**
 * Judges an entry by the record of its file. Ok takes all of it: the file was read to its end, has the size that the
 * manifest says where it says one, and every digest that the entry has was computed and is the same. ETags by several
 * part sizes are alternatives, for nobody says which one is meant: one of them is enough.
 */
export function judge(entries: Entries, entry: number, batch: BatchView, index: number): void {
  const status = batch.status(index);
  if (status === 'missing') {
    entries.settle(entry, 'missing');
    return;
  }
  if (status !== 'ok') {
    entries.settleError(entry, batch.errorCode(index), batch.errorText(index));
    return;
  }
  const names = entries.algorithms(entry);
  const expected = entries.expected(entry);
  let at = 0;
  let isSame = true;
  let etags = 0;
  let otherEtags = 0;
  for (const name of names) {
    const { digestLength, encoding } = algorithm(name);
    const start = batch.digestStart(index, name);
    if (start < 0) {
      entries.settle(entry, 'not-comparable', 'no-digest');
      return;
    }
    let holds = true;
    for (let byte = 0; byte < digestLength; byte++) {
      if (batch.bytes[start + byte] !== expected[at + byte]) holds = false;
    }
    if (encoding === 's3-etag') {
      etags++;
      if (!holds) otherEtags++;
    } else if (!holds) isSame = false;
    at += digestLength;
  }
  if (etags > 0 && otherEtags === etags) isSame = false;
  const size = entries.size(entry);
  if (at === 0 || at !== expected.length) entries.settle(entry, 'not-comparable', 'no-digest');
  else if (!isSame) {
    entries.settle(entry, 'changed');
    entries.setActual(entry, recordDigests(entries, entry, batch, index));
  } else if (size >= 0 && size !== batch.size(index)) entries.settle(entry, 'changed', 'size');
  else entries.settle(entry, 'ok');
}

/** The digests of a record in the order of the entry's. All must have been computed. */
function recordDigests(entries: Entries, entry: number, batch: BatchView, index: number): Uint8Array {
  const names = entries.algorithms(entry);
  const found = new Uint8Array(digestBytes(names));
  let at = 0;
  for (const name of names) {
    const digest = batch.digest(index, name)!;
    found.set(digest, at);
    at += digest.length;
  }
  return found;
}
