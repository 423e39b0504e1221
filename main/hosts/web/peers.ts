/**
 * Which user is at the other end of a loopback connection. Linux lists every TCP socket with its
 * owner; a connection within this machine is in that list twice, once from each end.
 */
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

const establishedAndLater = /^[0-9A-F]{2}$/;

/** The user id that owns the peer's end, or undefined where the system does not say. */
export function peerUserId(
  socket: Pick<Socket, 'remoteAddress' | 'remotePort' | 'localPort'>,
  read: (file: string) => string = (file) => readFileSync(file, 'latin1'),
): number | undefined {
  const { remoteAddress, remotePort, localPort } = socket;
  if (process.platform !== 'linux' || remoteAddress === undefined) return undefined;
  const isVersion6 = remoteAddress.includes(':') && !remoteAddress.startsWith('::ffff:');
  const peer = `:${portInHex(remotePort!)}`;
  const own = `:${portInHex(localPort!)}`;
  let table: string;
  try {
    table = read(isVersion6 ? '/proc/net/tcp6' : '/proc/net/tcp');
  } catch {
    return undefined;
  }
  // The columns: number, local address, remote address, state, queues, timer, retransmits, uid, …
  for (const line of table.split('\n')) {
    const columns = line.trim().split(/\s+/);
    const [, local, remote, state] = columns;
    if (!local?.endsWith(peer) || !remote?.endsWith(own) || !establishedAndLater.test(state ?? '')) continue;
    // Both ends are on loopback addresses; two peers with one port would need two of these.
    if (addressOf(local) !== kernelAddress(remoteAddress)) continue;
    return Number(columns[7]);
  }
  return undefined;
}

/** Whether the peer is known to be another user than this process. */
export function isForeignPeer(socket: Socket): boolean {
  const owner = process.getuid?.();
  const peer = owner === undefined ? undefined : peerUserId(socket);
  return peer !== undefined && peer !== owner;
}

function portInHex(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}

const addressOf = (entry: string): string => entry.slice(0, entry.lastIndexOf(':'));

/** The kernel prints addresses as 32-bit words in the machine's own byte order. */
function kernelAddress(address: string): string {
  const bytes =
    address === '::1' ? [...new Array<number>(15).fill(0), 1] : address.replace('::ffff:', '').split('.').map(Number);
  const words = Array.from({ length: bytes.length / 4 }, (_, word) => bytes.slice(word * 4, word * 4 + 4));
  return words
    .flatMap((word) => word.reverse().map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')))
    .join('');
}
