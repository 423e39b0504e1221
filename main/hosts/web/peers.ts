/**
 * Which user is at the other end of a loopback connection. Linux lists every TCP socket with its
 * owner; a connection within this machine is in that list twice, once from each end.
 */
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

/** The user id that owns the peer's end, or undefined where the system does not say. */
function peerUserId(
  socket: Pick<Socket, 'remoteAddress' | 'remotePort' | 'localPort'>,
  read: (file: string) => string = (file) => readFileSync(file, 'latin1'),
): number | undefined {
  const { remoteAddress, remotePort, localPort } = socket;
  if (process.platform !== 'linux' || remoteAddress === undefined) return undefined;
  const peer = `:${portInHex(remotePort!)}`;
  const own = `:${portInHex(localPort!)}`;
  for (const [file, address] of listedAs(remoteAddress)) {
    // The columns: number, local address, remote address, state, queues, timer, retransmits, uid, …
    for (const line of readTable(read, file).split('\n')) {
      const columns = line.trim().split(/\s+/);
      const [, local, remote] = columns;
      if (local === address + peer && remote?.endsWith(own)) return Number(columns[7]);
    }
  }
  return undefined;
}

/**
 * Where and as what the kernel lists the peer's end. A client may reach an IPv4 address over an IPv6
 * socket, which is in the other table under the mapped address.
 */
function listedAs(remoteAddress: string): readonly (readonly [file: string, address: string])[] {
  const address = kernelAddress(remoteAddress);
  if (address.length > 8) return [['/proc/net/tcp6', address]];
  return [
    ['/proc/net/tcp', address],
    ['/proc/net/tcp6', kernelMappedPrefix + address],
  ];
}

/** `::ffff:0:0/96`, as the kernel prints it on a little-endian machine, which all that Hashlane ships for are. */
const kernelMappedPrefix = '0000000000000000FFFF0000';

/** A system without IPv6 has no table for it. */
function readTable(read: (file: string) => string, file: string): string {
  try {
    return read(file);
  } catch {
    return '';
  }
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

/** The kernel prints addresses as 32-bit words in the machine's own byte order. */
function kernelAddress(address: string): string {
  const bytes =
    address === '::1' ? [...new Array<number>(15).fill(0), 1] : address.replace('::ffff:', '').split('.').map(Number);
  const words = Array.from({ length: bytes.length / 4 }, (_, word) => bytes.slice(word * 4, word * 4 + 4));
  return words
    .flatMap((word) => word.reverse().map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')))
    .join('');
}
