/**
 * A page of ours that has been taken over: same scheme, same preload, same guards, and no script of
 * ours that would get in the way. What it tries is written in the specs.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ElectronApplication, Page } from '@playwright/test';
import type { ElectronHost } from './electron-host.ts';
import type { Hashlane } from './hashlane.ts';

/** Electron itself, whose main process a spec may look into. */
export const electron = (hashlane: Hashlane): ElectronApplication => (hashlane.host as ElectronHost).app;

export interface AttackOptions {
  /** Where it is loaded from; our own static page unless given. */
  readonly url?: string;
  /** A session of its own, in which `pages` stand in for ours under the same addresses. */
  readonly pages?: Readonly<Record<string, string>>;
  readonly webPreferences?: Electron.WebPreferences;
  /** Leaves the dead proxy in place, which would hide whether another guard holds. */
  readonly deadProxy?: boolean;
  /** Takes the guard away that keeps frames from loading anything, where another one is to be tried. */
  readonly framesMayLoad?: boolean;
}

/** Takes the dead proxy away, so that a spec sees whether another guard holds by itself. */
export const openNetwork = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ session }) => session.defaultSession.setProxy({ mode: 'direct' }));

/** Opens the page in a window of its own. */
export async function takeOver(app: ElectronApplication, options: AttackOptions = {}): Promise<Page> {
  const opened = app.waitForEvent('window');
  await app.evaluate(
    async ({ app, BrowserWindow, session }, { url, pages, webPreferences, deadProxy, framesMayLoad }) => {
      const own = pages ? session.fromPartition(`attack ${Math.random()}`) : session.defaultSession;
      const page = (address: string): Response => {
        const body = pages?.[new URL(address).pathname];
        return new Response(body, { status: body === undefined ? 404 : 200, headers: { 'content-type': 'text/html' } });
      };
      if (pages) own.protocol.handle('app', (request) => page(request.url));
      if (!deadProxy) await own.setProxy({ mode: 'direct' });
      const window = new BrowserWindow({
        show: false,
        webPreferences: {
          preload: `${app.getAppPath()}/dist/electron/preload.cjs`,
          sandbox: true,
          session: own,
          // Of the same type before it crossed over.
          ...(webPreferences as unknown as Electron.WebPreferences),
        },
      });
      if (framesMayLoad) window.webContents.removeAllListeners('will-frame-navigate');
      await window.loadURL(url ?? 'app://hashlane/crashed.html');
    },
    options as { -readonly [Name in keyof AttackOptions]: AttackOptions[Name] },
  );
  return opened;
}

/** What an answer over the port was: its status, and its body as text. */
export interface CallOutcome {
  readonly status: number;
  readonly body: string;
}

/**
 * Makes calls over a port that the page asks main for, in the wire's own form, so that nothing on the
 * page's side can refuse them. `null` stands for no answer within a second.
 */
export function callRaw(
  page: Page,
  calls: readonly { path: string; input?: unknown; meta?: unknown }[],
): Promise<(CallOutcome | null)[]> {
  return page.evaluate(
    async (calls) => {
      const ports = new Promise<readonly MessagePort[]>((resolve) => {
        window.addEventListener('message', (event) => event.ports.length === 2 && resolve(event.ports), { once: true });
      });
      (globalThis as unknown as { hashlane: { connect(): void } }).hashlane.connect();
      const [port] = await ports;
      const answers = new Map<string, (outcome: { status: number; body: string }) => void>();
      port!.onmessage = ({ data }: MessageEvent<string>) => {
        const { i, p } = JSON.parse(data);
        answers.get(i)?.({ status: p?.s ?? 200, body: JSON.stringify(p?.b ?? null) });
      };
      return await Promise.all(
        calls.map(({ path, input, meta }, index) => {
          const answer = new Promise<{ status: number; body: string }>((resolve) => answers.set(`${index}`, resolve));
          const body = { ...(input === undefined ? {} : { json: input }), ...(meta === undefined ? {} : { meta }) };
          port!.postMessage(JSON.stringify({ i: `${index}`, p: { u: path, b: body } }));
          return Promise.race([answer, new Promise<null>((resolve) => setTimeout(() => resolve(null), 1_000))]);
        }),
      );
    },
    calls as { path: string; input?: unknown; meta?: unknown }[],
  );
}

/** A server on this machine, and the paths that were asked of it. */
export async function listen(
  answer: (path: string) => { status?: number; headers?: Record<string, string>; body?: string } = () => ({}),
) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    const { status = 200, headers = {}, body = '<title>elsewhere</title>' } = answer(request.url!);
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, port, asked, close };
}
