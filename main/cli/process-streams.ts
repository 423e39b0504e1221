import { createReadStream, fstatSync } from 'node:fs';
import { isatty, type WriteStream } from 'node:tty';
import { systemCode } from '../app/system-error.ts';
import { FailedAttempt } from './errors.ts';
import { type ByteSink, type MessageSink, StreamClosedError } from './world.ts';

const closedCodes: ReadonlySet<string | undefined> = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/**
 * Standard input. `process.stdin` reads pipes and terminals, so that waiting for them keeps nobody
 * from ending the process; but what it does not know, such as a folder or a block device, it takes
 * for empty, which would give a wrong digest. That is read as a file, or fails as one.
 */
export function processInput(): AsyncIterable<Uint8Array> {
  const kind = fstatSync(0);
  if (kind.isFIFO() || kind.isSocket() || isatty(0)) return process.stdin;
  return createReadStream('', { fd: 0, autoClose: false });
}

/** Standard output. Node writes to files and terminals at once, to pipes as fast as they are read. */
export function processOutput(stream: NodeJS.WriteStream): ByteSink {
  // Every failure also reaches the callback of its write; unheard here, it would end the process.
  stream.on('error', () => undefined);
  return {
    isTerminal: stream.isTTY === true,
    write: (bytes) =>
      new Promise((resolve, reject) => {
        stream.write(bytes, (error) => {
          if (!error) resolve();
          else if (closedCodes.has(systemCode(error))) reject(new StreamClosedError());
          else reject(new FailedAttempt('cannot write to standard output', error));
        });
      }),
  };
}

/** Standard error. */
export function processMessages(stream: NodeJS.WriteStream & Partial<WriteStream>): MessageSink {
  stream.on('error', () => undefined);
  return {
    isTerminal: stream.isTTY === true,
    get columns() {
      // A terminal may say 0 for "I do not know".
      return stream.columns || 80;
    },
    write(text) {
      stream.write(text);
    },
    drained: () =>
      stream.writableLength === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            stream.write('', () => resolve());
          }),
  };
}
