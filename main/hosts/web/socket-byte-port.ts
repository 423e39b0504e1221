/**
 * A byte channel over a WebSocket: frames go out as binary messages, requests come in as JSON text.
 * A socket keeps a frame until the last of it is sent, so each goes out of a copy; the memory of
 * copies that were sent is used again.
 */
import type { WebSocket } from 'ws';
import type { BytePort } from '../../app/host.ts';

/** The bytes `HLS1`. */
const statsMark = Buffer.from('HLS1');

/** With more than this unsent, stats wait: they are worth nothing late, and only the newest counts. */
const statsHighWater = 256 << 10;

/** As many as there are batches under way, and the stats. */
const mostSpare = 3;

export function socketBytePort(socket: WebSocket): BytePort {
  let heldStats: Uint8Array | null = null;
  const spare: Uint8Array[] = [];

  const send = (copy: Uint8Array, length: number): void => {
    socket.send(copy.subarray(0, length), () => {
      spare.push(copy);
      // In ascending length, so that the first that fits is the best and the shortest goes first.
      spare.sort((a, b) => a.length - b.length);
      if (spare.length > mostSpare) spare.shift();
      const held = heldStats;
      heldStats = null;
      if (held !== null) post(held);
    });
  };
  const post = (frame: Uint8Array): void => {
    if (socket.bufferedAmount > statsHighWater && statsMark.equals(frame.subarray(0, 4))) {
      heldStats = frame.slice();
      return;
    }
    const fitting = spare.findIndex((one) => one.length >= frame.length);
    const copy = fitting < 0 ? new Uint8Array(frame.length) : spare.splice(fitting, 1)[0]!;
    copy.set(frame);
    send(copy, frame.length);
  };
  return {
    post,
    onMessage(listener) {
      socket.on('message', (data, isBinary) => listener(isBinary ? undefined : parse(String(data))));
    },
    onClose(listener) {
      socket.on('close', () => listener());
    },
    close() {
      socket.close(1001);
    },
  };
}

/** Undefined, which no request is, for what is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
