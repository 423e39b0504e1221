/**
 * The app in a browser on the same machine: `hashlane serve`. An HTTP server on a loopback address
 * only, for one person: whoever has the printed address.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { tokenParameter, webRoutes } from '#shared/contract/bridge.ts';
import { createApp } from '../../app/app.ts';
import type { Engine } from '../../engine/engine.ts';
import { Access } from './access.ts';
import { Assets } from './assets.ts';
import { Downloads } from './downloads.ts';
import { answer, securityHeaders } from './headers.ts';
import { defaultLimits, type WebLimits } from './limits.ts';
import { addressesOf, listen, loopbackHosts, namesOf } from './listen.ts';
import { refusalPage } from './pages.ts';
import { isForeignPeer } from './peers.ts';
import { serveSession } from './session.ts';
import { Sockets } from './sockets.ts';
import { listenAtSocket } from './unix-socket.ts';
import { Uploads } from './uploads.ts';

export interface WebHostOptions {
  /** Stays the caller's to close, after the host. */
  readonly engine: Engine;
  readonly dataFolder: string;
  /** 0: any that is free. */
  readonly port: number;
  /** One of `loopbackHosts`. */
  readonly host: string;
  /** A Unix socket in place of host and port. */
  readonly socket?: string;
  /** Names under which a proxy that terminates TLS shows the app, with a port where it is not 443. */
  readonly allowedHosts?: readonly string[];
  /** What paths begin with, such as `/hashlane`; default: nothing. Without a slash at its end. */
  readonly basePath?: string;
  /** The only folder that the page may list and type paths of, absolute and without links. */
  readonly rootFolder?: string;
  /** The folder of the built window, with its `index.html`. */
  readonly assets: string;
  /** Added as sources at once; absolute. */
  readonly paths: readonly (string | Uint8Array)[];
  /** The product's. */
  readonly version: string;
  /** How long a window may be away before its unsent uploads are given up, milliseconds. */
  readonly windowGraceMs?: number;
  /** Instead of the usual ones, for tests that go beyond them. */
  readonly limits?: Partial<WebLimits>;
  /** Errors that nobody foresaw; standard error when absent. */
  readonly logError?: (error: unknown) => void;
}

export interface WebHost {
  /** A new address that opens the app once, within a minute. */
  newAddress(): string;
  /** Cancels what runs and lets go of every connection. */
  close(): Promise<void>;
}

/**
 * Throws an Error fit to be shown when the host is not a loopback address or the assets are
 * missing, and the system's error (EADDRINUSE, EACCES) when the port or the data folder cannot be had.
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  if (/* guard: loopback only => false */ !loopbackHosts.includes(options.host)) {
    throw new Error(`Hashlane serves this machine only: ${options.host} is none of ${loopbackHosts.join(', ')}.`);
  }
  const logError = options.logError ?? ((error) => console.error('hashlane: unexpected error:', error));
  const assets = new Assets(options.assets);
  const limits = { ...defaultLimits, ...options.limits };
  const { allowedHosts = [], basePath = '', rootFolder } = options;
  const { servers, port } = await bind(options, limits);
  // guard: bound Host only => const access = new Access(['127.0.0.1', 'localhost', '[::1]'], port);
  const access = new Access(
    namesOf(options.host),
    port,
    undefined,
    // guard: names behind a proxy => ['hash.example.org']
    allowedHosts,
  );
  const downloads = new Downloads(logError);
  let app: ReturnType<typeof createApp>;
  try {
    app = createApp({
      ...options,
      services: {
        kind: 'web',
        acceptsTypedPaths: true,
        acceptsUploads: true,
        offerDownload: (document) => basePath + downloads.offer(document),
        ...(rootFolder === undefined ? {} : { rootFolder }),
        logError,
      },
    });
    await app.grant(options.paths);
  } catch (error) {
    for (const server of servers) server.close();
    throw error;
  }
  const uploads = new Uploads(app, { idleMs: limits.idleBodyMs, logError });
  const sockets = new Sockets(app, limits, (line) => logError(line));

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const url = parseUrl(request);
    if (url === null) return answer(response, 400, 'The address is not valid.\n', { Connection: 'close' });
    const pathname = belowBase(url.pathname, basePath);
    if (pathname === null) return answer(response, 404, 'Not found.\n', { Connection: 'close' });
    url.pathname = pathname;
    // Nobody reads the body of anything but an upload: the connection does not wait for it.
    // guard: bodies that nobody reads
    if (!isBelow(url.pathname, webRoutes.upload) && hasBody(request)) response.setHeader('Connection', 'close');
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const isPrivate = isBelow(url.pathname, webRoutes.upload) || (reads && url.pathname === webRoutes.session);
    const verdict = isPrivate ? access.judge(request, !reads) : access.judgeOrigin(request, !reads);
    if (verdict.kind === 'refused') {
      const html = { 'Content-Type': 'text/html; charset=utf-8', Connection: 'close' };
      return answer(response, verdict.status, refusalPage(verdict.reason), html);
    }
    if (url.pathname === webRoutes.session) return serveSession(access, request, response);
    if (isBelow(url.pathname, webRoutes.upload)) {
      if (request.method === 'POST') return uploads.receive(url, request, response);
      return answer(response, 405, 'Only POST.\n', { Allow: 'POST', Connection: 'close' });
    }
    // guard: methods
    if (!reads) return answer(response, 405, 'Only GET and HEAD.\n', { Allow: 'GET, HEAD', Connection: 'close' });
    if (isBelow(url.pathname, webRoutes.export)) {
      if (request.method === 'GET') return downloads.serve(url.pathname, response);
      return answer(response, 405, '', { Allow: 'GET' });
    }
    assets.serve(url.pathname, response);
  };

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    stream.on('error', () => stream.destroy());
    const url = parseUrl(request);
    // guard: secret of sockets => const verdict = access.judgeOrigin(request, true);
    const verdict = access.judge(request, true);
    const pathname = url === null ? null : belowBase(url.pathname, basePath);
    if (url !== null && pathname !== null) url.pathname = pathname;
    const status =
      url === null
        ? 400
        : pathname === null
          ? 404
          : verdict.kind === 'refused'
            ? verdict.status
            : sockets.upgrade(request, stream, head, url);
    if (status !== null) refuseUpgrade(stream, status);
  };
  for (const server of servers) {
    server.on('connection', (socket) => {
      // guard: other users
      if (isForeignPeer(socket)) socket.destroy();
    });
    server.on('request', (request, response) => {
      handle(request, response).catch((error: unknown) => {
        logError(error);
        response.destroy();
      });
    });
    server.on('upgrade', upgrade);
  }

  return {
    newAddress: () => `${shownOrigin(options, port)}${basePath}/#${tokenParameter}=${access.issueToken()}`,
    async close() {
      const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
      await app.close();
      sockets.close();
      for (const server of servers) server.closeAllConnections();
      await Promise.all(closed);
    },
  };
}

/** `port` is null at a Unix socket. Throws the system's error. */
async function bind(
  { socket, port, host }: WebHostOptions,
  limits: WebLimits,
): Promise<{ servers: Server[]; port: number | null }> {
  if (socket === undefined) return listen(port, addressesOf(host), () => createLimitedServer(limits));
  const server = createLimitedServer(limits);
  await listenAtSocket(server, socket);
  return { servers: [server], port: null };
}

/** Where a browser finds the app: behind the proxy, where there is one; at a socket by whatever leads there. */
function shownOrigin({ allowedHosts = [], host }: WebHostOptions, port: number | null): string {
  if (allowedHosts[0] !== undefined) return `https://${allowedHosts[0]}`;
  return port === null ? 'http://localhost' : `http://${namesOf(host)[0]}:${port}`;
}

/** The path within the app; null for one that is not below the base, which is another app's behind a proxy. */
function belowBase(pathname: string, basePath: string): string | null {
  // guard: base path => return pathname.slice(pathname.indexOf('/', 1));
  if (!pathname.startsWith(`${basePath}/`)) return null;
  return pathname.slice(basePath.length);
}

/** Bodies have no limit of time: an upload lasts as long as hashing it does, pauses included. */
function createLimitedServer(limits: WebLimits): Server {
  const server = createServer({
    // guard: time for headers => headersTimeout: 0
    headersTimeout: limits.headersMs,
    requestTimeout: 0,
    // guard: time between requests => keepAliveTimeout: 0
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: limits.checkMs,
    // guard: cookies of other ports
    maxHeaderSize: limits.headerBytes,
  });
  // guard: number of connections
  server.maxConnections = limits.connections;
  return server;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Null for what is no path: `*`, whole addresses, broken escapes. */
function parseUrl(request: IncomingMessage): URL | null {
  const target = request.url ?? '';
  return target.startsWith('/') && !target.startsWith('//') && URL.canParse(target, 'http://loopback')
    ? new URL(target, 'http://loopback')
    : null;
}

function isBelow(pathname: string, route: string): boolean {
  return pathname === route || pathname.startsWith(`${route}/`);
}

/** Closes both ways: a client that never closes its own end must not keep the connection. */
function refuseUpgrade(stream: Duplex, status: number): void {
  stream.end(
    `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    /* guard: refused upgrades */ () => stream.destroy(),
  );
}
