/** Tells the frames of the byte channel apart, by their first four bytes. */
import { holdsRecords } from '#shared/records/block.ts';
import { statsMagic } from '#shared/stats/layout.ts';
import type { ClientListener } from './client.ts';

/** What is neither stats nor records goes for a batch: whoever takes it in finds out what is wrong with it. */
export function giveFrame(listener: Pick<ClientListener, 'stats' | 'batch' | 'records'>, bytes: Uint8Array): void {
  if (bytes.length < 4) return;
  const magic = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (magic === statsMagic) listener.stats(bytes);
  else if (holdsRecords(bytes)) listener.records(bytes);
  else listener.batch(bytes);
}
