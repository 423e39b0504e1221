/**
 * Who may talk to the web host. Every request and every upgrade passes three checks, in this order:
 *
 *   Host    on an exact list, else a page of a rebound domain name would count as our own;
 *   Origin  our own where there is one, and there must be one where something is changed;
 *   token   256 bits made at start, shown in the printed address, exchanged for a cookie.
 *
 * The cookie carries a secret of its own, so that the address in a browser's history opens
 * nothing by itself once the program has ended, and bears the port in its name: cookies do not
 * tell ports apart, and two Hashlanes must not overwrite each other's.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export type Verdict =
  | { readonly kind: 'allowed' }
  /** The printed address was opened: set the cookie and strip the token. */
  | { readonly kind: 'exchange' }
  | { readonly kind: 'refused'; readonly status: 401 | 403 | 421; readonly reason: string };

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

export class Access {
  readonly token = randomBytes(32).toString('base64url');
  readonly #session = randomBytes(32).toString('base64url');
  readonly #cookieName: string;
  readonly #hosts: ReadonlySet<string>;

  constructor(port: number) {
    this.#cookieName = `hashlane-${port}`;
    // Browsers leave the scheme's own port out.
    this.#hosts = new Set(loopbackNames.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])));
  }

  /** `Set-Cookie` for a browser that has shown the token. */
  get cookie(): string {
    return `${this.#cookieName}=${this.#session}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** `url` is the request's; `changes` for whatever is more than reading: POST and upgrades. */
  judge(request: IncomingMessage, url: URL, changes: boolean): Verdict {
    const host = request.headers.host?.toLowerCase() ?? '';
    if (!this.#hosts.has(host)) return refused(421, 'This address does not belong to Hashlane.');
    const { origin } = request.headers;
    if (origin === undefined ? changes : origin !== `http://${host}`) {
      return refused(403, 'Requests from other pages are refused.');
    }
    const token = url.searchParams.get('token');
    if (token !== null && url.pathname === '/' && !changes) {
      return sameSecret(token, this.token) ? { kind: 'exchange' } : refused(401, 'The token in the address is wrong.');
    }
    if (!this.#hasSession(request)) return refused(401, 'Open the address that Hashlane printed when it started.');
    return { kind: 'allowed' };
  }

  #hasSession(request: IncomingMessage): boolean {
    const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim().split('='));
    return cookies.some(([name, value]) => name === this.#cookieName && sameSecret(value ?? '', this.#session));
  }
}

function refused(status: 401 | 403 | 421, reason: string): Verdict {
  return { kind: 'refused', status, reason };
}

/** Compares hashes, so that neither contents nor length show in the time it takes. */
function sameSecret(given: string, secret: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(secret));
}
