/**
 * Why an entry has no digest. The position in the list is the error number in the batch (0: no
 * error); append only. Numbers are Hashlane's own, so that a journal written on one system reads
 * the same on another; codes that begin with `E` are named after the POSIX error they stand for.
 * `message` completes the sentence "could not hash X: …" and says what to do where there is
 * something to do.
 */
export const errorCodes = [
  { code: 'NONE', message: '' },
  { code: 'ENOENT', message: 'no such file or folder' },
  { code: 'EACCES', message: 'permission denied' },
  { code: 'EPERM', message: 'operation not permitted' },
  { code: 'EIO', message: 'input/output error; the device may be failing' },
  { code: 'ELOOP', message: 'the symbolic links form a loop' },
  { code: 'ENAMETOOLONG', message: 'the path is too long' },
  { code: 'EISDIR', message: 'is a folder' },
  { code: 'ENOTDIR', message: 'a part of the path is not a folder' },
  { code: 'EMFILE', message: 'too many open files in this process' },
  { code: 'ENFILE', message: 'too many open files in the system' },
  { code: 'ENOMEM', message: 'out of memory' },
  { code: 'ESTALE', message: 'the network file handle is stale' },
  { code: 'ENXIO', message: 'no such device' },
  { code: 'EBUSY', message: 'in use by another program' },
  { code: 'ETIMEDOUT', message: 'the device or server did not answer in time' },
  { code: 'EINVAL', message: 'the file system refused the request' },
  { code: 'EOVERFLOW', message: 'the file is too large for this system' },
  { code: 'EOTHER', message: 'the system reported an error' },
  { code: 'SYMLINK', message: 'symbolic link, not followed' },
  { code: 'FIFO', message: 'named pipe, never opened' },
  { code: 'SOCKET', message: 'socket, never opened' },
  { code: 'BLOCK_DEVICE', message: 'block device, never opened' },
  { code: 'CHARACTER_DEVICE', message: 'character device, never opened' },
  { code: 'SPECIAL', message: 'special file, never opened' },
  { code: 'FOLDER_LOOP', message: 'folder walked already, or being walked: the links form a loop' },
  { code: 'SHRANK', message: 'the file became shorter while it was read' },
  { code: 'GREW', message: 'the file became longer while it was read' },
  { code: 'MODIFIED', message: 'the file, or its times, links or permissions, changed while it was read' },
  { code: 'REPLACED', message: 'the folder was replaced while it was walked' },
  { code: 'CANCELLED', message: 'cancelled before it was finished' },
  { code: 'UPLOAD_ABORTED', message: 'the upload ended before the file was complete' },
  { code: 'UNKNOWN_SIZE', message: 'BTIH and Git blobs need the size beforehand, which a stream does not have' },
  { code: 'STALLED', message: 'the device did not answer in time' },
  { code: 'BEING_WRITTEN', message: 'another program is writing to the file; hash it again once that has ended' },
  { code: 'OTHER_FILE_SYSTEM', message: 'on another file system, not entered' },
  { code: 'PLACEHOLDER', message: 'its content lies in a cloud, and was not fetched' },
] as const;

export type ErrorCode = (typeof errorCodes)[number]['code'];

/** The number of a code, as it stands in a batch. */
export function errorNumber(code: ErrorCode): number {
  return errorCodes.findIndex((entry) => entry.code === code);
}
