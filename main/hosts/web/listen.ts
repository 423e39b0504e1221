/** Binding to this machine's own addresses. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Nothing but the machine itself may connect. */
export const loopbackHosts: readonly string[] = ['127.0.0.1', 'localhost', '::1'];

/** Attempts to find a port that is free on both addresses. */
const maxAttempts = 20;

/** `localhost` is both addresses: browsers try one before the other, and whoever listens there would get the token. */
export const addressesOf = (host: string): readonly string[] =>
  /* guard: both addresses of localhost => false */ host === 'localhost' ? ['127.0.0.1', '::1'] : [host];

/** The names in URLs that lead to what is bound, the one to print first. */
export function namesOf(host: string): readonly string[] {
  const numeric = addressesOf(host).map((address) => (address.includes(':') ? `[${address}]` : address));
  return host === 'localhost' ? [...numeric, 'localhost'] : numeric;
}

/**
 * Binds every address to one port, or none. An address that this machine does not have (no IPv6) is
 * left out, for nobody else can bind it either. Throws the system's error.
 */
export async function listen(
  port: number,
  addresses: readonly string[],
  create: () => Server,
): Promise<{ servers: Server[]; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const servers: Server[] = [];
    let bound = port;
    try {
      for (const address of addresses) {
        const server = create();
        const given = await bind(server, bound, address).catch((error: unknown) => {
          if (servers.length > 0 && isMissingAddress(error)) return undefined;
          throw error;
        });
        if (given === undefined) continue;
        servers.push(server);
        bound = given;
      }
      return { servers, port: bound };
    } catch (error) {
      for (const server of servers) server.close();
      // The port that was free on the first address may be taken on the second.
      if (port !== 0 || servers.length === 0 || attempt === maxAttempts) throw error;
    }
  }
}

function bind(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function isMissingAddress(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT';
}
