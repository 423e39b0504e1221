/** What is read as a stream: standard input, pipes and, where it was asked for, devices. */
import { constants, createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import path from 'node:path';
import { nameBytes } from '../../base/raw-names.ts';
import type { World } from '../world.ts';

/** What stands for standard input among paths, and for standard output as an output. */
export const standardStream = '-';

/** `name` in the form of `nameText`. */
export function namesStandardInput(name: string): boolean {
  return /^\/(dev\/stdin|(dev|proc\/self)\/fd\/0)$/.test(path.posix.normalize(name));
}

/**
 * The bytes of a file, a pipe or standard input (`-`). A pipe without a writer is waited for without blocking a thread, so
 * that a signal ends the waiting. Rejects with the system's error.
 */
export async function* readBytes(name: string, world: World): AsyncGenerator<Uint8Array> {
  if (name === standardStream || namesStandardInput(name)) yield* world.openInput();
  else if ((await stat(Buffer.from(nameBytes(name)))).isFIFO()) yield* readPipe(name);
  else yield* createReadStream(Buffer.from(nameBytes(name)));
}

async function* readPipe(name: string): AsyncGenerator<Uint8Array> {
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  const handle = await open(Buffer.from(nameBytes(name)), flags);
  // The socket waits for a writer, where reading the file would end at once, and closes the descriptor.
  const socket = new Socket({ fd: handle.fd, readable: true, writable: false });
  try {
    yield* socket as AsyncIterable<Uint8Array>;
  } finally {
    socket.destroy();
  }
}
