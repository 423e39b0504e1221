/** A network to send packets to, and everything on it that somebody could reach. */
import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { type AddressInfo, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';

const outward = (): string | undefined =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

const ip = (step: string): string => execFileSync('ip', step.split(' '), { encoding: 'utf8', stdio: 'pipe' });

/**
 * An address of this machine that is not loopback, for WebRTC looks at no other interface. Where there is only
 * loopback, as in a network namespace of the tests alone, a pair of interfaces is made. Null where neither is possible.
 */
export function outwardAddress(): string | null {
  const given = outward();
  if (given !== undefined) return given;
  try {
    if (ip('-o link').trim().split('\n').length > 1) return null;
    for (const step of [
      'link add hashlane0 type veth peer name hashlane1',
      'addr add 10.9.0.1/24 dev hashlane0',
      'link set hashlane0 up',
      'link set hashlane1 up',
      'route add default via 10.9.0.2',
    ])
      ip(step);
  } catch {
    return null;
  }
  return outward() ?? null;
}

export interface Listeners {
  readonly udpPort: number;
  readonly tcpPort: number;
  /** What came in, of whatever kind. */
  readonly seen: readonly string[];
  close(): void;
}

/** Listens for datagrams and connections at every address of this machine. */
export async function listenToAll(): Promise<Listeners> {
  const seen: string[] = [];
  const udp = createSocket('udp4');
  udp.on('message', (datagram) => seen.push(`a datagram of ${datagram.length} bytes`));
  await new Promise<void>((resolve) => udp.bind(0, '0.0.0.0', resolve));
  const tcp = createServer((socket) => {
    seen.push('a connection');
    socket.destroy();
  });
  await new Promise<void>((resolve) => tcp.listen(0, '0.0.0.0', resolve));
  return {
    udpPort: udp.address().port,
    tcpPort: (tcp.address() as AddressInfo).port,
    seen,
    close() {
      udp.close();
      tcp.close();
    },
  };
}
