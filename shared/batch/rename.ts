/** A record under another name. */
import { gatherBatch } from './gather.ts';
import { batchHeader, batchHeaderBytes, hotRecord, recordFlags } from './layout.ts';
import { type BatchView, openBatch } from './reader.ts';

const slash = 0x2f;

/** A batch of one record, which is that at `index` of `batch` with this name; its memory is the caller's. */
export function renamedRecord(batch: BatchView, index: number, name: Uint8Array): BatchView {
  const one = gatherBatch([{ batch, index }], 0);
  const bytes = new Uint8Array(one.length + name.length);
  bytes.set(one);
  bytes.set(name, one.length);
  const view = new DataView(bytes.buffer);
  const set = (at: number, value: number): void => view.setUint32(at, value, true);
  const cold = view.getUint32(batchHeader.coldOffset[0], true);
  set(batchHeader.coldLength[0], bytes.length - cold);
  set(batchHeaderBytes + hotRecord.nameOffset[0], one.length - cold);
  set(batchHeaderBytes + hotRecord.nameLength[0], name.length);
  set(batchHeaderBytes + hotRecord.leafOffset[0], name.lastIndexOf(slash) + 1);
  const flags = batchHeaderBytes + hotRecord.flags[0];
  // Nothing follows the new name that would say which file it is of.
  bytes[flags]! &= ~recordFlags.identity;
  if (name.some((byte) => byte >= 0x80)) bytes[flags]! &= ~recordFlags.asciiName;
  return openBatch(bytes, { checksum: false });
}
