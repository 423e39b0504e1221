import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { socketBytePort } from './socket-byte-port.ts';

/** A socket that keeps what it was given until a test lets it go, as one does whose other end is slow. */
function slowSocket() {
  const pending: { bytes: Uint8Array; sent: () => void }[] = [];
  const socket = {
    get bufferedAmount() {
      return pending.reduce((sum, { bytes }) => sum + bytes.length, 0);
    },
    send: (bytes: Uint8Array, sent: () => void) => void pending.push({ bytes, sent }),
  };
  const flush = (): Uint8Array[] =>
    pending.splice(0).map(({ bytes, sent }) => {
      const arrived = bytes.slice();
      sent();
      return arrived;
    });
  return { port: socketBytePort(socket as unknown as WebSocket), pending, flush };
}

test('what is sent is what was posted, though its memory was written to before it could leave', () => {
  const { port, flush } = slowSocket();
  const slab = new Uint8Array(new SharedArrayBuffer(1000));
  for (let round = 0; round < 20; round++) {
    const lengths = [1000, 10 + round, 500];
    for (const [n, length] of lengths.entries()) {
      port.post(slab.subarray(0, length).fill(round * 3 + n));
      slab.fill(0xee);
    }
    const arrived = flush();
    expect(arrived.map((frame) => frame.length)).toEqual(lengths);
    for (const [n, frame] of arrived.entries()) expect(frame.every((byte) => byte === round * 3 + n)).toBe(true);
  }
});

test('frames of a length that was sent before need no further memory', () => {
  const { port, pending, flush } = slowSocket();
  const buffers = new Set<ArrayBufferLike>();
  for (let round = 0; round < 50; round++) {
    for (const length of [4000 - round, 66]) port.post(new Uint8Array(length));
    for (const { bytes } of pending) buffers.add(bytes.buffer);
    flush();
  }
  expect(buffers.size).toBe(2);
});

test('of stats that wait for room only the newest is sent', () => {
  const { port, flush } = slowSocket();
  const stats = (mark: number): Uint8Array => Uint8Array.from([...Buffer.from('HLS1'), mark]);
  port.post(new Uint8Array(300 << 10));
  for (const mark of [1, 2, 3]) port.post(stats(mark));
  expect(flush()).toHaveLength(1);
  expect(flush()).toEqual([stats(3)]);
});
