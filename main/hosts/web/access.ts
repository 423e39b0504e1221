/**
 * Who may talk to the web host. Every request and every upgrade passes these checks, in this order:
 *
 *   Host    on an exact list, else a page of a rebound domain name would count as our own;
 *   Origin  our own where there is one, and there must be one where something is changed;
 *   secret  256 bits made at start, for all but the page's own files.
 *
 * The secret is no cookie, for browsers send cookies to every port of a host, whoever listens there.
 * The page gets it once, in exchange for a token: the printed address carries the token in its
 * fragment, which browsers send to nobody. A token is good for one exchange within a minute, so an
 * address that stays in a history or a terminal opens nothing. The page keeps the secret in the
 * session storage of its origin and sends it as `Authorization`, or among a socket's subprotocols,
 * which is the one header that a page can set there.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { socketSecretPrefix } from '#shared/contract/bridge.ts';

export type Verdict =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'refused'; readonly status: 401 | 403 | 421; readonly reason: string };

/** How long a token can be exchanged, milliseconds. */
export const tokenLifetimeMs = 60_000;

/** Whoever prints addresses in a loop keeps the newest. */
const maxTokens = 16;

export class Access {
  readonly #secret = newSecret();
  /** What may stand in `Host`, and the scheme of the pages that come from there. */
  readonly #schemes: ReadonlyMap<string, 'http' | 'https'>;
  readonly #atSocket: boolean;
  readonly #now: () => number;
  /** Token, and when it expires. */
  readonly #tokens = new Map<string, number>();

  /**
   * @param names what the host is bound to, as it stands in a URL
   * @param port null at a Unix socket: whatever port leads there is another program's, as that of an SSH client
   * @param now a monotonic clock, milliseconds
   * @param proxied names, with a port where it is not 443, under which a proxy that terminates TLS shows the app
   */
  constructor(
    names: readonly string[],
    port: number | null,
    now: () => number = () => performance.now(),
    proxied: readonly string[] = [],
  ) {
    // Browsers leave the scheme's own port out.
    const own = names.flatMap((name) =>
      port === null ? [] : port === 80 ? [name, `${name}:80`] : [`${name}:${port}`],
    );
    this.#schemes = new Map([
      ...own.map((name) => [name, 'http'] as const),
      // guard: Origin behind a proxy => ...proxied.map((name) => [name.toLowerCase(), 'http'] as const)
      ...proxied.map((name) => [name.toLowerCase(), 'https'] as const),
    ]);
    this.#atSocket = port === null;
    this.#now = now;
  }

  /** Undefined for a host that is not ours. */
  #schemeOf(host: string): 'http' | 'https' | undefined {
    const scheme = this.#schemes.get(host);
    if (scheme !== undefined || !this.#atSocket) return scheme;
    // guard: Host at a socket => return 'http';
    return /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/.test(host) ? 'http' : undefined;
  }

  /** A new token for an address that is about to be shown. */
  issueToken(): string {
    for (const oldest of [...this.#tokens.keys()].slice(0, Math.max(0, this.#tokens.size - maxTokens + 1))) {
      this.#tokens.delete(oldest);
    }
    const token = newSecret();
    this.#tokens.set(token, this.#now() + tokenLifetimeMs);
    return token;
  }

  /** The secret for a token, which is used up by it; null when it was used before, is too old or wrong. */
  exchange(given: string): string | null {
    // guard: token => const token = [...this.#tokens.keys()][0];
    const token = [...this.#tokens.keys()].find((known) => sameSecret(given, known));
    if (token === undefined) return null;
    const expires = this.#tokens.get(token)!;
    // guard: one exchange of a token
    this.#tokens.delete(token);
    // guard: age of a token => return expires && this.#secret;
    return this.#now() < expires ? this.#secret : null;
  }

  /** Host and Origin; enough for the page's own files. `changes` for all that does more than read. */
  judgeOrigin(request: IncomingMessage, changes: boolean): Verdict {
    const host = request.headers.host?.toLowerCase() ?? '';
    const scheme = this.#schemeOf(host);
    // guard: Host
    if (scheme === undefined) return refused(421, 'This address does not belong to Hashlane.');
    const { origin } = request.headers;
    if (
      origin === undefined
        ? /* guard: Origin where something changes => false */ changes
        : /* guard: Origin, Origin of sockets => false */ origin !== `${scheme}://${host}`
    ) {
      return refused(403, 'Requests from other pages are refused.');
    }
    return { kind: 'allowed' };
  }

  /** Host, Origin and secret. */
  judge(request: IncomingMessage, changes: boolean): Verdict {
    const verdict = this.judgeOrigin(request, changes);
    if (verdict.kind === 'refused') return verdict;
    // guard: secret in no cookie => const given = bearerOf(request) ?? subprotocolOf(request) ?? request.headers.cookie?.split('=')[1];
    const given = bearerOf(request) ?? subprotocolOf(request);
    if (/* guard: secret => false */ given === undefined || !sameSecret(given, this.#secret)) {
      return refused(401, 'Open an address that Hashlane printed.');
    }
    return verdict;
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function bearerOf({ headers }: IncomingMessage): string | undefined {
  return /^Bearer ([\w-]{1,100})$/.exec(headers.authorization ?? '')?.[1];
}

function subprotocolOf({ headers }: IncomingMessage): string | undefined {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  return offered.find((name) => name.startsWith(socketSecretPrefix))?.slice(socketSecretPrefix.length);
}

function refused(status: 401 | 403 | 421, reason: string): Verdict {
  return { kind: 'refused', status, reason };
}

/** Compares hashes, so that neither contents nor length show in the time it takes. */
function sameSecret(given: string, secret: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(secret));
}
