import { describe, expect, it } from 'vitest';
import type { BatchView } from '#shared/batch/reader.ts';
import type { ByteChannelRequest } from '#shared/contract/byte-channel.ts';
import { RecordsBuilder } from '#shared/records/block.ts';
import { job } from '../testing/job.ts';
import { batchBytes } from '../testing/tables.ts';
import { Reception } from './reception.ts';

function receive() {
  const sent: ByteChannelRequest[] = [];
  const taken: BatchView[] = [];
  const broken: string[] = [];
  const reception = new Reception((request) => sent.push(request), {
    follows: () => undefined,
    block: (_jobId, block) => block.kind === 'batch' && taken.push(block.batch),
    broken: (jobId, code) => broken.push(`${jobId} ${code}`),
  });
  return { reception, sent, taken, broken };
}

const subscribe = (sequence: number): ByteChannelRequest => ({ kind: 'subscribe', jobId: 1, sequence });
const batch = (sequence: number): Uint8Array => batchBytes([`file-${sequence}`], { sequence });

function damaged(sequence: number): Uint8Array {
  const bytes = batch(sequence);
  bytes[bytes.length - 1]! ^= 1;
  return bytes;
}

describe('taking in batches', () => {
  it('acknowledges each batch once it is in the table', () => {
    const { reception, sent, taken } = receive();
    reception.follow(job(1));
    reception.takeBatch(batch(0));
    reception.takeBatch(batch(1));
    expect(taken).toHaveLength(2);
    expect(sent).toEqual([subscribe(0), { kind: 'acknowledge' }, { kind: 'acknowledge' }]);
  });

  it('asks for a job once, however often the host tells of it', () => {
    const { reception, sent } = receive();
    reception.follow(job(1));
    reception.follow(job(1));
    expect(sent).toEqual([subscribe(0)]);
  });

  it('goes on after a new connection where the old one broke off', () => {
    const { reception, sent } = receive();
    reception.follow(job(1));
    reception.takeBatch(batch(0));
    reception.resume();
    expect(sent.at(-1)).toEqual(subscribe(1));
  });

  it('takes no batch twice', () => {
    const { reception, taken } = receive();
    reception.follow(job(1));
    reception.takeBatch(batch(0));
    reception.takeBatch(batch(0));
    expect(taken).toHaveLength(1);
  });

  it('asks again for a damaged batch, and bears with those already under way behind it', () => {
    const { reception, sent, taken, broken } = receive();
    reception.follow(job(1));
    reception.takeBatch(damaged(0));
    expect(sent).toContainEqual({ kind: 'unsubscribe', jobId: 1 });
    reception.takeBatch(batch(1));
    reception.takeBatch(batch(0));
    reception.takeBatch(batch(1));
    expect(taken.map((view) => view.sequence)).toEqual([0, 1]);
    expect(broken).toEqual([]);
  });

  it('asks again for a batch that was left out', () => {
    const { reception, sent, taken } = receive();
    reception.follow(job(1));
    reception.takeBatch(batch(1));
    expect(taken).toEqual([]);
    expect(sent.filter((request) => request.kind === 'subscribe')).toEqual([subscribe(0), subscribe(0)]);
  });

  it('says so when a batch stays damaged', () => {
    const { reception, broken } = receive();
    reception.follow(job(1));
    for (let attempt = 0; attempt < 6; attempt++) reception.takeBatch(damaged(0));
    expect(broken).toContain('1 BATCH_CORRUPT');
  });

  it('drops the batches of a job that was forgotten', () => {
    const { reception, sent, taken } = receive();
    reception.follow(job(1));
    reception.forget([1]);
    reception.takeBatch(batch(0));
    expect(taken).toEqual([]);
    expect(sent).toContainEqual({ kind: 'unsubscribe', jobId: 1 });
  });
});

describe('records of a kind of its own', () => {
  function block(sequence: number): Uint8Array {
    const builder = new RecordsBuilder();
    builder.add({ sequence });
    return builder.take(1, sequence);
  }

  it('come like batches: in sequence, each once, and again when they are damaged', () => {
    const taken: unknown[] = [];
    const sent: ByteChannelRequest[] = [];
    const reception = new Reception((request) => sent.push(request), {
      follows: () => undefined,
      block: (_jobId, block) => block.kind === 'records' && taken.push(block.records.read(0)),
      broken: () => undefined,
    });
    reception.follow(job(1));
    const damaged = block(0);
    damaged[damaged.length - 1]! ^= 1;
    reception.takeRecords(damaged);
    expect(sent).toContainEqual({ kind: 'unsubscribe', jobId: 1 });
    for (const sequence of [0, 0, 1]) reception.takeRecords(block(sequence));
    expect(taken).toEqual([{ sequence: 0 }, { sequence: 1 }]);
  });
});
