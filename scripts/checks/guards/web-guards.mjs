/** The guards of the web host. */
import { app, web, without } from './guard.mjs';

/** @type {readonly import('./guard.mjs').Guard[]} */
export const webGuards = [
  {
    name: 'secret',
    runner: 'unit',
    test: web('access.test.ts'),
    title: 'is needed for uploads',
    removals: [without(web('access.ts'), 'given === undefined || !sameSecret(given, this.#secret)', 'false')],
  },
  {
    name: 'secret in no cookie',
    runner: 'unit',
    test: web('access.test.ts'),
    title: 'in a cookie or in the address is none',
    removals: [
      without(
        web('access.ts'),
        'bearerOf(request) ?? subprotocolOf(request)',
        "bearerOf(request) ?? subprotocolOf(request) ?? request.headers.cookie?.split('=')[1]",
      ),
    ],
  },
  {
    name: 'token',
    runner: 'unit',
    test: web('access.test.ts'),
    title: 'with another token opens nothing',
    removals: [without(web('access.ts'), '.find((known) => sameSecret(given, known));', '[0];')],
  },
  {
    name: 'one exchange of a token',
    runner: 'unit',
    test: web('access.test.ts'),
    title: 'it is exchanged for the secret once',
    removals: [without(web('access.ts'), 'this.#tokens.delete(token);\n    return', 'return')],
  },
  {
    name: 'age of a token',
    runner: 'unit',
    test: web('access.test.ts'),
    title: 'opens nothing after a minute',
    removals: [without(web('access.ts'), 'this.#now() < expires ? this.#secret : null', 'expires && this.#secret')],
  },
  {
    name: 'no secret in arguments',
    runner: 'unit',
    test: 'main/cli/serve/browser.test.ts',
    title: 'passes no token on a command line',
    removals: [
      without('main/cli/serve/browser.ts', 'spawn(program, [...before, page]', 'spawn(program, [...before, url]'),
    ],
  },
  {
    name: 'launch page for one user',
    runner: 'unit',
    test: 'main/cli/serve/browser.test.ts',
    title: 'is readable by this user only',
    removals: [without('main/cli/serve/browser.ts', "{ mode: 0o600, flag: 'wx' }", "{ mode: 0o644, flag: 'wx' }")],
  },
  {
    name: 'other users',
    runner: 'unit',
    test: 'main/cli/serve/intruder.test.ts',
    title: 'does not even get the files',
    removals: [without(web('web-host.ts'), 'if (isForeignPeer(socket)) socket.destroy();')],
  },
  {
    name: 'both addresses of localhost',
    runner: 'unit',
    test: web('access.test.ts'),
    title: 'is bound at both addresses',
    removals: [without(web('listen.ts'), "host === 'localhost' ? ['127.0.0.1', '::1'] : [host]", '[host]')],
  },
  {
    name: 'bound Host only',
    runner: 'unit',
    test: web('access.test.ts'),
    title: 'is refused where it is not bound',
    removals: [
      without(
        web('web-host.ts'),
        'new Access(namesOf(options.host), port)',
        "new Access(['127.0.0.1', 'localhost', '[::1]'], port)",
      ),
    ],
  },
  {
    name: 'refused upgrades',
    runner: 'unit',
    test: web('limits.test.ts'),
    title: 'never closes them holds no connection',
    removals: [without(web('web-host.ts'), ', () => stream.destroy());\n}', ');\n}')],
  },
  {
    name: 'cookies of other ports',
    runner: 'unit',
    test: web('limits.test.ts'),
    title: 'cannot lock the person out',
    removals: [without(web('web-host.ts'), 'maxHeaderSize: limits.headerBytes,')],
  },
  {
    name: 'unread answers',
    runner: 'unit',
    test: web('limits.test.ts'),
    title: 'gets no more of them',
    removals: [without(web('call-gate.ts'), 'this.#socket.bufferedAmount > maxUnsentBytes', 'false')],
  },
  {
    name: 'no debugger',
    runner: 'unit',
    test: 'main/cli/process.test.ts',
    title: 'opens a debugger in other Node programs',
    removals: [
      without('main/cli/entry.ts', "if (process.platform !== 'win32') process.on('SIGUSR1', () => undefined);"),
    ],
  },
  {
    name: 'hidden assets',
    runner: 'unit',
    test: web('access.test.ts'),
    title: 'leads nowhere',
    removals: [
      without(web('assets.ts'), "if (entry.name.startsWith('.')) continue;"),
      without(
        'main/hosts/page/page.ts',
        "!name.startsWith('.') && path.extname(name) in mediaTypes",
        'name.length > 0',
      ),
    ],
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
    name: 'secret of sockets',
    runner: 'unit',
    test: web('access.test.ts'),
    title: 'need the secret among',
    removals: [
      without(
        web('web-host.ts'),
        'const verdict = access.judge(request, true);',
        'const verdict = access.judgeOrigin(request, true);',
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
    removals: [
      without(web('assets.ts'), 'else if (entry.isFile() && isPageFile(entry.name)) this.#files', 'else this.#files'),
    ],
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
