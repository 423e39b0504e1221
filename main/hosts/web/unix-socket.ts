/** A Unix socket in place of a port: who may open it is the file system's affair, and that is this user alone. */
import { lstatSync, unlinkSync } from 'node:fs';
import type { Server } from 'node:http';
import { connect } from 'node:net';

/**
 * Binds the server to `path`, readable and writable by this user alone. What a killed process left there makes way.
 * Rejects with the system's error: EADDRINUSE where a server listens, or where a file lies that is no socket.
 */
export async function listenAtSocket(server: Server, path: string): Promise<void> {
  await removeStale(path);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // The socket has its mode from the first moment on: between making it and changing it somebody might connect.
    // guard: mode of the socket => const before = process.umask();
    const before = process.umask(0o177);
    try {
      server.listen({ path, exclusive: true }, () => {
        server.off('error', reject);
        resolve();
      });
    } finally {
      process.umask(before);
    }
  });
}

async function removeStale(path: string): Promise<void> {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket() !== true) return;
  const isServed = await new Promise<boolean>((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => resolve(true));
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED'));
    probe.once('connect', () => probe.destroy());
  });
  if (!isServed) unlinkSync(path);
}
