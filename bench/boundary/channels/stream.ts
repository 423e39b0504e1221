/** Sends frames over a channel with a limited number of them under way, as the product does. */

/** What a batch may be sent as: its bytes, JSON text, or objects that are cloned. */
export type Frame = Uint8Array | string | readonly object[];

/** The sending end; the other one answers each frame once it can read the first value in it. */
export interface Channel {
  send(frame: Frame): void;
  onAcknowledged(listener: () => void): void;
}

/** Milliseconds until `count` frames were sent and acknowledged, at most `underWay` of them at once. */
export function stream(channel: Channel, frame: Frame, count: number, underWay: number): Promise<number> {
  return new Promise((resolve) => {
    const began = performance.now();
    let sent = 0;
    let acknowledged = 0;
    const fill = (): void => {
      for (; sent < count && sent - acknowledged < underWay; sent++) channel.send(frame);
    };
    channel.onAcknowledged(() => {
      acknowledged += 1;
      if (acknowledged === count) resolve(performance.now() - began);
      else fill();
    });
    fill();
  });
}
