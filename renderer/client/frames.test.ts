import { expect, it } from 'vitest';
import { RecordsBuilder } from '#shared/records/block.ts';
import { writeStats } from '#shared/stats/writer.ts';
import { batchBytes } from '../testing/tables.ts';
import { giveFrame } from './frames.ts';

function told(bytes: Uint8Array): string[] {
  const heard: string[] = [];
  const listener = {
    stats: () => heard.push('stats'),
    batch: () => heard.push('batch'),
    records: () => heard.push('records'),
  };
  giveFrame(listener, bytes);
  return heard;
}

it('tells stats, batches and records apart, also where they lie within a larger buffer', () => {
  const records = new RecordsBuilder();
  records.add({ type: 'entry' });
  const frames = {
    stats: writeStats({ engine: {}, threads: [], jobs: [], pools: [] }),
    batch: batchBytes(['a']),
    records: records.take(1, 0),
  };
  for (const [kind, bytes] of Object.entries(frames)) {
    expect(told(bytes)).toEqual([kind]);
    const larger = new Uint8Array(bytes.length + 8);
    larger.set(bytes, 8);
    expect(told(larger.subarray(8))).toEqual([kind]);
  }
});

it('takes what it does not know for a batch, and passes over what is too short for anything', () => {
  expect(told(new Uint8Array(64))).toEqual(['batch']);
  expect(told(new Uint8Array(3))).toEqual([]);
});
