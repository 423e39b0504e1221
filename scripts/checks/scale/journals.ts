/** Journals of a shared job as they would be after hashing so many files, without any file. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type RecordInput, writeBatch } from '#shared/batch/writer.ts';
import { newJobId } from '#shared/jobs/job-id.ts';
import { defaultWalk } from '#shared/jobs/walk-options.ts';
import { createJournal } from '../../../main/store/journal-folder.ts';

const root = '/data';
const recordsInBatch = 2_500;

/** `results` in all, spread over the journals so that each has some of every folder. */
export async function makeJournals(folder: string, journals: number, results: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const bytes = Buffer.from(root);
  for (let part = 0; part < journals; part++) {
    const id = newJobId();
    const journal = await createJournal(path.join(folder, `${part}.hlj`), id, {
      kind: 'hash',
      spec: { kind: 'hash', sources: [], algorithms: ['sha256'], walk: defaultWalk as never },
      roots: [{ path: bytes.toString('base64'), kind: 'folder', name: 'data', size: null }],
      part: { index: part, count: journals },
      tool: 'check',
      resumable: true,
    });
    let records: RecordInput[] = [];
    let sequence = 0;
    let files = 0;
    const flush = (): Promise<void> =>
      new Promise((resolve) => {
        const batch = writeBatch({ jobId: id, sequence: sequence++, algorithms: ['sha256'], records });
        records = [];
        journal.append(batch, resolve);
      });
    for (let n = part; n < results; n += journals) {
      records.push(recordOf(n, files++));
      if (records.length === recordsInBatch) await flush();
    }
    if (records.length > 0) await flush();
    const totals = { files, bytes: files * 1_000, ok: files, failed: 0, skipped: 0, elapsedMs: 1 };
    await journal.seal({ state: 'finished', totals, outcome: null, failure: null, algorithms: ['sha256'] });
  }
}

/** A name as trees have them, some 60 bytes; the digest is made up. */
function recordOf(n: number, entryId: number): RecordInput {
  const folder = String(Math.floor(n / 5_000)).padStart(6, '0');
  const digest = new Uint8Array(32);
  new DataView(digest.buffer).setUint32(0, Math.imul(n, 0x9e3779b1) >>> 0);
  return {
    entryId,
    name: `${root}/collection/${folder}/some folder/picture-${String(n % 5_000).padStart(5, '0')}.jpeg`,
    size: 1_000,
    modifiedNs: 1_700_000_000_000_000_000n,
    identity: { changedNs: 1_700_000_000_000_000_000n, inode: BigInt(n + 1) },
    digests: { sha256: digest },
  };
}
