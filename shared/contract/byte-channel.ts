/**
 * Batches and stats travel beside the contract as raw bytes, over a second port or socket.
 *
 * Host to window: frames that tell what they are by their first four bytes: `HLB1` a result
 * batch, `HLR1` records of a job's kind (`shared/records`), `HLS1` the stats block.
 *
 * Window to host: the small messages below (structured clone over a port, JSON text over a
 * socket). The host has at most `maxUnacknowledgedBatches` batches under way; the window
 * acknowledges each one once it has taken it in. Stats are pulled: one frame per `stats` message,
 * so a slow window is never behind.
 */
import * as z from 'zod';
import { jobId } from './job-id.ts';

export const maxUnacknowledgedBatches = 2;

export const byteChannelRequest = z.discriminatedUnion('kind', [
  /** Send this job's batches from `sequence` on, now and as they come. */
  z.object({ kind: z.literal('subscribe'), jobId, sequence: z.number().int().nonnegative() }),
  z.object({ kind: z.literal('unsubscribe'), jobId }),
  /** One batch was taken in. */
  z.object({ kind: z.literal('acknowledge') }),
  /** Send the stats block once. */
  z.object({ kind: z.literal('stats') }),
]);
export type ByteChannelRequest = z.infer<typeof byteChannelRequest>;
