/** The guards of the web host. */
import { app, web, without } from './guard.mjs';

/** @type {readonly import('./guard.mjs').Guard[]} */
export const webGuards = [
  {
    name: 'session',
    runner: 'unit',
    test: web('access.test.ts'),
    title: 'without it',
    removals: [
      without(
        web('access.ts'),
        "if (!this.#hasSession(request)) return refused(401, 'Open the address that Hashlane printed when it started.');",
      ),
    ],
  },
  {
    name: 'token',
    runner: 'unit',
    test: web('access.test.ts'),
    title: 'without it',
    removals: [
      without(
        web('access.ts'),
        "sameSecret(token, this.token) ? { kind: 'exchange' } : refused(401, 'The token in the address is wrong.')",
        "{ kind: 'exchange' }",
      ),
    ],
  },
  {
    name: 'secrecy of the session',
    runner: 'unit',
    test: web('access.test.ts'),
    title: 'is exchanged for a cookie',
    removals: [without(web('access.ts'), 'HttpOnly; SameSite=Strict')],
  },
  {
    name: 'Host',
    runner: 'web',
    test: 'e2e/security.web.spec.ts',
    title: 'a name that was made to point',
    removals: [
      without(
        web('access.ts'),
        "if (!this.#hosts.has(host)) return refused(421, 'This address does not belong to Hashlane.');",
      ),
    ],
  },
  {
    name: 'Origin',
    runner: 'web',
    test: 'e2e/security.web.spec.ts',
    title: 'cannot send a form',
    removals: [
      without(web('access.ts'), 'origin === undefined ? changes :', 'origin || origin === undefined ? false :'),
    ],
  },
  {
    name: 'Origin of sockets',
    runner: 'web',
    test: 'e2e/security.web.spec.ts',
    title: 'cannot open a socket',
    removals: [
      without(web('access.ts'), 'origin === undefined ? changes :', 'origin || origin === undefined ? false :'),
    ],
  },
  {
    name: 'Origin where something changes',
    runner: 'unit',
    test: web('access.test.ts'),
    title: 'a post without Origin',
    removals: [without(web('access.ts'), 'origin === undefined ? changes :', 'origin === undefined ? false :')],
  },
  {
    name: 'session of sockets',
    runner: 'unit',
    test: web('access.test.ts'),
    title: 'need the cookie',
    removals: [
      without(
        web('web-host.ts'),
        'url === null ? null : access.judge(request, url, true)',
        "url === null ? null : { kind: 'allowed' as const }",
      ),
    ],
  },
  {
    name: 'loopback only',
    runner: 'unit',
    test: web('access.test.ts'),
    title: 'not this machine alone',
    removals: [
      without(web('web-host.ts'), 'if (!loopbackHosts.includes(options.host)) {', 'if (options.host === "-") {'),
    ],
  },
  {
    name: 'methods',
    runner: 'unit',
    test: web('access.test.ts'),
    title: 'is not allowed',
    removals: [
      without(
        web('web-host.ts'),
        "if (!reads) return answer(response, 405, 'Only GET and HEAD.\\n', { Allow: 'GET, HEAD', Connection: 'close' });",
      ),
    ],
  },
  {
    name: 'listed assets',
    runner: 'unit',
    test: web('access.test.ts'),
    title: 'leads nowhere',
    removals: [
      without(
        web('assets.ts'),
        'const file = this.#files.get(pathname);',
        "const file = this.#files.get(pathname) ?? path.join(path.dirname(this.#files.get('/')!), decodeURIComponent(pathname));",
      ),
    ],
  },
  {
    name: 'links among assets',
    runner: 'unit',
    test: web('access.test.ts'),
    title: 'leads nowhere',
    removals: [without(web('assets.ts'), 'else if (entry.isFile()) this.#files', 'else this.#files')],
  },
  {
    name: 'policy',
    runner: 'web',
    test: 'e2e/security.spec.ts',
    title: 'own does not run',
    removals: [without(web('headers.ts'), "'Content-Security-Policy': contentSecurityPolicy,")],
  },
  {
    name: 'no frames',
    runner: 'web',
    test: 'e2e/security.web.spec.ts',
    title: 'cannot show us in a frame',
    removals: [
      without('main/hosts/page/page.ts', '"frame-ancestors \'none\'",'),
      without(web('headers.ts'), "'X-Frame-Options': 'DENY',"),
    ],
  },
  {
    name: 'no includes',
    runner: 'web',
    test: 'e2e/security.web.spec.ts',
    title: 'cannot include our scripts',
    removals: [without(web('headers.ts'), "'Cross-Origin-Resource-Policy': 'same-origin',")],
  },
  {
    name: 'no opener',
    runner: 'web',
    test: 'e2e/security.web.spec.ts',
    title: 'cannot look into our window',
    removals: [without(web('headers.ts'), "'Cross-Origin-Opener-Policy': 'same-origin',")],
  },
  {
    name: 'time for headers',
    runner: 'unit',
    test: web('limits.test.ts'),
    title: 'its headers drop by drop',
    removals: [without(web('web-host.ts'), 'headersTimeout: limits.headersMs,', 'headersTimeout: 0,')],
  },
  {
    name: 'time between bytes of a body',
    runner: 'unit',
    test: web('limits.test.ts'),
    title: 'stops in the middle of a file',
    removals: [without(web('uploads.ts'), "request.destroy(new Error('the page stopped sending'))", 'undefined')],
  },
  {
    name: 'bodies that nobody reads',
    runner: 'unit',
    test: web('limits.test.ts'),
    title: 'where none is wanted',
    removals: [
      without(
        web('web-host.ts'),
        "if (!isBelow(url.pathname, webRoutes.upload) && hasBody(request)) response.setHeader('Connection', 'close');",
      ),
    ],
  },
  {
    name: 'time between requests',
    runner: 'unit',
    test: web('limits.test.ts'),
    title: 'asks nothing more',
    removals: [without(web('web-host.ts'), 'keepAliveTimeout: limits.keepAliveMs,', 'keepAliveTimeout: 0,')],
  },
  {
    name: 'heartbeat',
    runner: 'unit',
    test: web('limits.test.ts'),
    title: 'no longer answers',
    removals: [without(web('sockets.ts'), '!answered || ')],
  },
  {
    name: 'number of connections',
    runner: 'unit',
    test: web('limits.test.ts'),
    title: 'no more connections',
    removals: [without(web('web-host.ts'), 'server.maxConnections = limits.connections;')],
  },
  {
    name: 'number of sockets',
    runner: 'unit',
    test: web('limits.test.ts'),
    title: 'no more sockets',
    removals: [without(web('sockets.ts'), 'if (this.#alive.size >= this.#limits.sockets) return 503;')],
  },
  {
    name: 'number of calls over a socket',
    runner: 'unit',
    test: web('limits.test.ts'),
    title: 'floods its socket',
    removals: [without(web('sockets.ts'), 'if (!budget.take()) socket.terminate();')],
  },
  {
    name: 'number of requests over a socket',
    runner: 'unit',
    test: web('limits.test.ts'),
    title: 'floods its byte channel',
    removals: [without(app('windows/delivery.ts'), '!this.#budget.take()', 'false')],
  },
  {
    name: 'size of a call over a socket',
    runner: 'unit',
    test: web('limits.test.ts'),
    title: 'no call beyond the limit',
    removals: [without(web('sockets.ts'), 'maxPayload: maxRpcMessage', 'maxPayload: 0')],
  },
  {
    name: 'size of a request over a socket',
    runner: 'unit',
    test: web('web-host.test.ts'),
    title: 'messages beyond the limit',
    removals: [without(web('sockets.ts'), 'maxPayload: maxBytesMessage', 'maxPayload: 0')],
  },
  {
    name: 'size of an upload',
    runner: 'unit',
    test: web('web-host.test.ts'),
    title: 'too long',
    removals: [
      without('main/tasks/hash/upload-intake.ts', 'if (received > size) break;'),
      without('main/tasks/hash/upload-intake.ts', 'if (received !== size) {', 'if (received < size) {'),
    ],
  },
  {
    name: 'paths of uploads',
    runner: 'unit',
    test: app('sources/uploads.test.ts'),
    title: 'a path that is no place',
    removals: [without(app('sources/upload-entries.ts'), "segments.includes('..') || ")],
  },
  {
    name: 'one fetch of an export',
    runner: 'unit',
    test: web('web-host.test.ts'),
    title: 'are fetched once',
    removals: [without(web('downloads.ts'), 'this.#offers.delete(id);')],
  },
];
