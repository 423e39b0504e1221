/** A byte channel over a WebSocket: frames go out as binary messages, requests come in as JSON text. */
import type { WebSocket } from 'ws';
import type { BytePort } from '../../app/host.ts';

/** The bytes `HLS1`. */
const statsMark = Buffer.from('HLS1');

/** With more than this unsent, stats wait: they are worth nothing late, and only the newest counts. */
const statsHighWater = 256 << 10;

export function socketBytePort(socket: WebSocket): BytePort {
  let heldStats: Uint8Array | null = null;
  const post = (frame: Uint8Array): void => {
    if (socket.bufferedAmount > statsHighWater && statsMark.equals(frame.subarray(0, 4))) {
      heldStats = frame;
      return;
    }
    socket.send(frame, sent);
  };
  const sent = (): void => {
    const held = heldStats;
    heldStats = null;
    if (held !== null) post(held);
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
