/** A web host on a free port, and a browser of sorts that can also do what browsers refuse to. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import path from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { socketProtocol, socketSecretPrefix, webRoutes } from '#shared/contract/bridge.ts';
import type { Contract } from '#shared/contract/contract.ts';
import { temporaryFolder } from '../../../app/testing/world.ts';
import type { Engine } from '../../../engine/engine.ts';
import { FakeEngine } from '../../../engine/testing/fake-engine.ts';
import { startWebHost, type WebHostOptions } from '../web-host.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  /** Chunks, sent as they are; `null` breaks the connection off. */
  readonly body?: readonly (string | null)[];
}

/** A folder with the files that a built window has. */
export function assetsFolder(): string {
  const folder = path.join(temporaryFolder(), 'renderer');
  mkdirSync(path.join(folder, 'assets'), { recursive: true });
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>The window</title>');
  writeFileSync(path.join(folder, 'assets', 'index-Ab3dE_9f.js'), 'console.log(1)');
  writeFileSync(path.join(folder, 'favicon.svg'), '<svg/>');
  mkdirSync(path.join(folder, '.licences'));
  writeFileSync(path.join(folder, '.licences', 'zod.json'), '{}');
  writeFileSync(path.join(folder, '.stamp'), 'secret');
  writeFileSync(path.join(folder, '..', 'secret.txt'), 'secret');
  if (process.platform !== 'win32') {
    symlinkSync('..', path.join(folder, 'link'));
    symlinkSync('../secret.txt', path.join(folder, 'linked.txt'));
  }
  return folder;
}

export async function serve<E extends Engine = FakeEngine>(options: Partial<WebHostOptions> & { engine?: E } = {}) {
  const errors: unknown[] = [];
  const engine = (options.engine ?? new FakeEngine()) as E;
  const host = await startWebHost({
    dataFolder: path.join(temporaryFolder(), 'data'),
    port: 0,
    host: '127.0.0.1',
    assets: assetsFolder(),
    paths: [],
    version: '1.2.3',
    windowGraceMs: 30,
    logError: (error) => errors.push(error),
    ...options,
    engine,
  });
  onTestFinished(() => host.close());
  return new Served(host, engine, errors);
}

export class Served<E extends Engine = FakeEngine> {
  /** The first address, with its token. */
  readonly url: URL;
  readonly newAddress: () => string;
  readonly engine: E;
  readonly errors: unknown[];
  readonly close: () => Promise<void>;
  /** Sent with every request once `enter` was called. */
  secret: string | null = null;

  constructor(host: { newAddress(): string; close(): Promise<void> }, engine: E, errors: unknown[]) {
    this.newAddress = () => host.newAddress();
    this.url = new URL(host.newAddress());
    this.engine = engine;
    this.errors = errors;
    this.close = () => host.close();
  }

  get origin(): string {
    return this.url.origin;
  }

  get token(): string {
    return new URLSearchParams(this.url.hash.slice(1)).get('token')!;
  }

  /** Exchanges a token, as the page does. */
  exchange(token = this.token, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask(webRoutes.session, { method: 'POST', body: [token], headers: { origin: this.origin, ...headers } });
  }

  /** Exchanges the first address's token and keeps the secret. */
  async enter(): Promise<this> {
    this.secret = (await this.exchange()).body;
    return this;
  }

  ask(target: string, { method = 'GET', headers = {}, body = [] }: Ask = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          host: this.url.hostname,
          port: this.url.port,
          path: target,
          method,
          agent: false,
          headers: { ...(this.secret === null ? {} : { authorization: `Bearer ${this.secret}` }), ...headers },
        },
        (answered) => {
          const chunks: Buffer[] = [];
          answered.on('data', (chunk: Buffer) => chunks.push(chunk));
          answered.on('error', reject);
          answered.on('end', () =>
            resolve({
              status: answered.statusCode!,
              headers: answered.headers,
              body: Buffer.concat(chunks).toString('latin1'),
            }),
          );
        },
      );
      asked.on('error', reject);
      for (const chunk of body) {
        if (chunk === null) asked.flushHeaders();
        else asked.write(chunk);
      }
      if (body.includes(null)) setTimeout(() => asked.destroy(new Error('broken off')), 30);
      else asked.end();
    });
  }

  /** Sends a file as the page does. */
  post(jobId: number, sourceId: string, index: number, ask: Ask = {}): Promise<Answer> {
    return this.ask(`${webRoutes.upload}/${jobId}/${sourceId}/${index}`, {
      method: 'POST',
      ...ask,
      headers: { origin: this.origin, ...ask.headers },
    });
  }

  /** The socket, and how the attempt ended: 101 or the status of the refusal. */
  connect(route: string, headers: Record<string, string> = {}, window = 'window-0001') {
    const protocols = [socketProtocol, ...(this.secret === null ? [] : [socketSecretPrefix + this.secret])];
    const socket = new WebSocket(`ws://${this.url.host}${route}?window=${window}`, protocols, {
      headers: { origin: this.origin, ...headers },
    });
    onTestFinished(() => socket.terminate());
    const status = new Promise<number>((resolve) => {
      socket.on('open', () => resolve(101));
      socket.on('unexpected-response', (_, answered) => {
        resolve(answered.statusCode!);
        socket.terminate();
      });
      socket.on('error', () => undefined);
    });
    return { socket, status };
  }

  /** A client of the contract over a socket of its own. */
  client(window?: string): ContractRouterClient<Contract> {
    const { socket } = this.connect(webRoutes.contract, {}, window);
    // ws has the browser's interface, and its types only nearly so.
    const websocket = socket as unknown as globalThis.WebSocket;
    return createORPCClient(new RPCLink({ websocket }));
  }

  /** An open byte channel and the frames that came over it. */
  async bytes(window?: string) {
    const { socket, status } = this.connect(webRoutes.bytes, {}, window);
    const frames: Uint8Array[] = [];
    socket.on('message', (data: Buffer) => frames.push(new Uint8Array(data)));
    await status;
    return { socket, frames, send: (message: unknown) => socket.send(JSON.stringify(message)) };
  }
}
