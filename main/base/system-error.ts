/** The system's errors in words: Node's own messages carry the call and the path, which people need not read. */
import { errorCodes } from '#shared/tables/error-codes.ts';

const words = new Map<string, string>([
  ...errorCodes.map((entry) => [entry.code, entry.message] as const),
  ['ENOSPC', 'no space is left on the device'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EROFS', 'the file system is read-only'],
  ['EFBIG', 'the file system takes no larger file'],
  ['EEXIST', 'something of that name exists already'],
  ['EBADF', 'it is closed'],
  ['EADDRINUSE', 'another program listens there; choose another port'],
  ['EADDRNOTAVAIL', 'this machine does not have the address'],
  ['EAGAIN', 'the system has no thread or process to spare; fewer --threads need less'],
]);

/** The string code of a system error, or undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Completes a sentence: `no space is left on the device (ENOSPC)`. */
export function describeSystemError(error: unknown): string {
  const code = systemCode(error);
  if (code === undefined) return error instanceof Error ? error.message : String(error);
  return `${words.get(code) ?? 'the system reported an error'} (${code})`;
}
