import { constants, createReadStream, fstatSync, readFileSync, readlinkSync, statSync, writeSync } from 'node:fs';
import { systemCode } from '../base/system-error.ts';
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
  if (isClosed(0)) throw Object.assign(new Error('standard input is closed'), { code: 'EBADF' });
  if (kind.isFIFO() || kind.isSocket() || (kind.isCharacterDevice() && process.stdin.isTTY)) return process.stdin;
  return createReadStream('', { fd: 0, autoClose: false });
}

/**
 * Whether whoever started us closed the descriptor. Node then opens /dev/null in its place, for reading and writing, which
 * nobody does who means /dev/null.
 */
function isClosed(fd: number): boolean {
  try {
    const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1] ?? '0';
    const isReadWrite = (Number.parseInt(flags, 8) & 3) === constants.O_RDWR;
    return isReadWrite && fstatSync(fd).rdev === statSync('/dev/null').rdev && fstatSync(fd).isCharacterDevice();
  } catch {
    // The system does not say.
    return false;
  }
}

function outputError(error: unknown): Error {
  if (closedCodes.has(systemCode(error))) return new StreamClosedError();
  return new FailedAttempt('cannot write to standard output', error);
}

/**
 * Standard output. Files and devices are written at once, pipes and terminals as fast as they are
 * read. Node's stream is made with the first write where that can be told, for it takes long to load.
 */
export function processOutput(): ByteSink {
  const kind = fstatSync(1);
  if (kind.isFile()) return fileOutput(1);
  if (!kind.isCharacterDevice()) return streamOutput(false);
  if (isClosed(1)) return closedOutput;
  return process.stdout.isTTY ? streamOutput(true) : fileOutput(1);
}

const closedOutput: ByteSink = {
  isTerminal: false,
  async write() {
    throw outputError(Object.assign(new Error('it is closed'), { code: 'EBADF' }));
  },
};

/** Node's own stream for files would write once and not look how much was taken. */
function fileOutput(file: number): ByteSink {
  const { dev, ino } = fstatSync(file, { bigint: true });
  const leaf = leafOf(file);
  return {
    isTerminal: false,
    isOwn(name) {
      if (leaf === undefined || Buffer.compare(name.subarray(-leaf.length), leaf) !== 0) return false;
      const found = statSync(Buffer.from(name), { bigint: true, throwIfNoEntry: false });
      return found?.dev === dev && found.ino === ino;
    },
    async write(bytes) {
      try {
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      } catch (error) {
        throw outputError(error);
      }
    },
  };
}

/** What the file behind a descriptor is called; undefined where the system does not say. */
function leafOf(file: number): Buffer | undefined {
  try {
    const whole = readlinkSync(`/proc/self/fd/${file}`, 'buffer') as unknown as Buffer;
    return whole.subarray(whole.lastIndexOf(0x2f) + 1);
  } catch {
    return undefined;
  }
}

/** The stream that `get` gives, made when it is first needed. */
function heard(get: () => NodeJS.WriteStream): () => NodeJS.WriteStream {
  let stream: NodeJS.WriteStream | undefined;
  return () => {
    // Every failure also reaches the callback of its write; unheard here, it would end the process.
    stream ??= get().on('error', () => undefined);
    return stream;
  };
}

function streamOutput(isTerminal: boolean): ByteSink {
  const stream = heard(() => process.stdout);
  return {
    isTerminal,
    write: (bytes) =>
      new Promise((resolve, reject) => {
        stream().write(bytes, (error) => (error ? reject(outputError(error)) : resolve()));
      }),
  };
}

/** Standard error. */
export function processMessages(): MessageSink {
  const stream = heard(() => process.stderr);
  let written = false;
  return {
    isTerminal: fstatSync(2).isCharacterDevice() && stream().isTTY,
    get columns() {
      // A terminal may say 0 for "I do not know".
      return stream().columns || 80;
    },
    write(text) {
      written = true;
      stream().write(text);
    },
    drained: () =>
      !written || stream().writableLength === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            stream().write('', () => resolve());
          }),
  };
}
