/** How clients cut what they upload to S3. */
import type { AlgorithmName } from '../tables/algorithms.ts';

/** S3 takes no more parts of one object. */
export const maxParts = 10_000;

/** Bytes of a part of `size` bytes by an ETag's algorithm: its own, doubled until there are few enough, as the AWS command does. */
export function partBytes(name: AlgorithmName, size: number): number {
  const mebibytes = Number(/^s3-etag:(\d+)MiB$/.exec(name)?.[1]);
  let bytes = mebibytes * 2 ** 20;
  while (Math.ceil(size / bytes) > maxParts) bytes *= 2;
  return bytes;
}
