/** The client of the loopback web host: two WebSockets, and files sent by POST. */
import { RPCLink } from '@orpc/client/websocket';
import { webRoutes } from '#shared/contract/bridge.ts';
import type { Source } from '#shared/contract/models.ts';
import { PathFilter } from '#shared/text/glob.ts';
import type { Api, Client } from './client.ts';
import { Connection, type Wire, type WireListener } from './connection.ts';
import { type LocalFile, listEntry } from './file-tree.ts';
import { declaredSize, Uploads } from './uploads.ts';
import { authorization, hostUrl, isWebSessionValid, socketProtocols } from './web-session.ts';

/** Beyond this many loose files one source stands for all of them. */
const mostLooseFiles = 100;

/** Says how to open the app with a new address. */
export const lockedPage = './locked.html';

/** Ties this page's two sockets to each other. */
const windowId = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
  byte.toString(16).padStart(2, '0'),
).join('');

function socket(route: string): WebSocket {
  const url = hostUrl(route);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = new URLSearchParams({ window: windowId }).toString();
  const made = new WebSocket(url, socketProtocols());
  made.binaryType = 'arraybuffer';
  return made;
}

function opened(made: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    made.addEventListener('open', () => resolve(), { once: true });
    made.addEventListener('close', () => reject(new Error('The connection was refused.')), { once: true });
  });
}

async function dial(listener: WireListener): Promise<Wire> {
  const calls = socket(webRoutes.contract);
  const bytes = socket(webRoutes.bytes);
  bytes.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data instanceof ArrayBuffer) listener.frame(new Uint8Array(data));
  });
  const close = (): void => {
    calls.close();
    bytes.close();
  };
  try {
    await Promise.all([opened(calls), opened(bytes)]);
  } catch (problem) {
    close();
    listener.closed();
    // A socket does not say why it was refused. A host that was started again has another secret.
    if (!(await isWebSessionValid())) location.replace(lockedPage);
    throw problem;
  }
  for (const made of [calls, bytes]) made.addEventListener('close', () => listener.closed());
  return {
    link: new RPCLink({ websocket: calls }),
    post: (message) => {
      if (bytes.readyState === WebSocket.OPEN) bytes.send(JSON.stringify(message));
    },
    close,
  };
}

/** Opens the browser's own picker; empty when it was dismissed. */
function pickLocalFiles(): Promise<File[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.hidden = true;
  document.body.append(input);
  return new Promise<File[]>((resolve) => {
    input.addEventListener('change', () => resolve(Array.from(input.files ?? [])), { once: true });
    input.addEventListener('cancel', () => resolve([]), { once: true });
    input.click();
  }).finally(() => input.remove());
}

/** One list a source: each dropped folder, each loose file, or all loose files when they are many. */
function groups(items: readonly (readonly LocalFile[])[]): (readonly LocalFile[])[] {
  const isLoose = (files: readonly LocalFile[]): boolean => files.length === 1 && !files[0]!.path.includes('/');
  const loose = items.filter(isLoose);
  if (loose.length <= mostLooseFiles) return items.filter((files) => files.length > 0);
  return [...items.filter((files) => files.length > 0 && !isLoose(files)), loose.flat()];
}

async function declare(api: Api, uploads: Uploads, items: readonly (readonly LocalFile[])[]): Promise<Source[]> {
  const sources: Source[] = [];
  for (const files of groups(items)) {
    const roots = new Set(files.map((file) => file.path.split('/', 1)[0]!));
    const name = roots.size === 1 ? [...roots][0]! : `${files.length} files`;
    const entries = files.map((file) => ({ path: file.path, size: declaredSize(file) }));
    const source = await api.sources.declareUpload({ name, entries });
    uploads.declare(source.id, files);
    sources.push(source);
  }
  return sources;
}

export function createWebClient(): Client {
  const connection = new Connection(dial);
  const { api } = connection;
  const uploads = new Uploads((input, init) => fetch(input, { ...init, headers: authorization() }));
  window.addEventListener('beforeunload', (event) => {
    // The browser then asks whether to leave: files that were not sent are lost with the page.
    if (uploads.underWay) event.preventDefault();
  });
  return {
    capabilities: { canBrowseServer: true, canReveal: false, recovered: false },
    api,
    open: (listener) => connection.open(listener),
    reconnect: () => connection.reconnect(),
    send: (request) => connection.send(request),
    pickFiles: async () => {
      const files = await pickLocalFiles();
      return await declare(
        api,
        uploads,
        files.map((file) => [{ path: file.name, file }]),
      );
    },
    pickFolder: () => Promise.reject(new Error('This host browses its folders in the page.')),
    addDropped: async (dropped) => {
      const entries = Array.from(dropped.items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
      const filter = new PathFilter((await api.settings.get()).walk);
      return await declare(api, uploads, await Promise.all(entries.map((entry) => listEntry(entry, filter))));
    },
    sendUploads: (job) => uploads.send(job),
    stopUploads: (jobId) => uploads.stop(jobId),
    dropUploads: (sourceIds) => uploads.drop(sourceIds),
    download: (url) => {
      const anchor = document.createElement('a');
      anchor.href = url;
      anchor.download = '';
      anchor.click();
    },
    onCommand: () => () => undefined,
    tellCommands: () => undefined,
  };
}
