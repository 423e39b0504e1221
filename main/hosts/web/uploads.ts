/** Takes in files that a page sends: `POST /upload/<job id>/<source id>/<entry index>`. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { webRoutes } from '#shared/contract/bridge.ts';
import { uploadFailure } from '#shared/contract/models.ts';
import type { App, UploadTarget } from '../../app/app.ts';
import { Problem, type ProblemCode } from '../../base/problem.ts';
import { answer } from './headers.ts';

/** Transfers at once, all windows together; further ones wait with their bodies unread. A page sends a few at a time. */
const maxTransfers = 16;

const statuses: Readonly<Partial<Record<ProblemCode, number>>> = {
  NOT_FOUND: 404,
  CONFLICT: 409,
  UPLOAD_ABORTED: 400,
};

export interface UploadsOptions {
  /** A page that sends nothing for so long, although the engine would take it, has stopped. */
  readonly idleMs: number;
  logError(error: unknown): void;
}

export class Uploads {
  readonly #app: App;
  readonly #options: UploadsOptions;
  #transfers = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(app: App, options: UploadsOptions) {
    this.#app = app;
    this.#options = options;
  }

  async receive(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = parseTarget(url.pathname);
    const failure = uploadFailure.nullable().safeParse(url.searchParams.get('failed'));
    if (target === null || !failure.success) {
      refuse(request, response, 404, 'NOT_FOUND', 'No such file was declared.');
      return;
    }
    await this.#turn();
    try {
      if (failure.data === null) await this.#app.receiveUpload(target, untilIdle(request, this.#options.idleMs));
      else await this.#app.failUpload(target, failure.data);
      response.writeHead(204).end();
    } catch (error) {
      if (error instanceof Problem) {
        refuse(request, response, statuses[error.code] ?? 400, error.code, error.message);
        return;
      }
      this.#options.logError(error);
      refuse(request, response, 500, 'INTERNAL', 'The file could not be taken in.');
    } finally {
      this.#transfers--;
      this.#waiting.shift()?.();
    }
  }

  /** Resolves once there is room for one more transfer, which it counts. */
  async #turn(): Promise<void> {
    while (this.#transfers >= maxTransfers) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#transfers++;
  }
}

function parseTarget(pathname: string): UploadTarget | null {
  const match = /^\/(\d{1,15})\/([\w-]{1,64})\/(\d{1,9})$/.exec(pathname.slice(webRoutes.upload.length));
  if (match === null) return null;
  return { jobId: Number(match[1]), sourceId: match[2]!, index: Number(match[3]) };
}

/**
 * The body, as long as it keeps coming. Time counts only while we wait for the page: a paused job
 * may leave a body unread for as long as it likes.
 */
async function* untilIdle(request: IncomingMessage, idleMs: number): AsyncGenerator<Uint8Array, void> {
  const chunks = request[Symbol.asyncIterator]();
  for (;;) {
    // guard: time between bytes of a body => const timer = setTimeout(() => undefined, idleMs);
    const timer = setTimeout(() => request.destroy(new Error('the page stopped sending')), idleMs);
    const next = await chunks.next().finally(() => clearTimeout(timer));
    if (next.done) return;
    yield next.value as Uint8Array;
  }
}

/** Tells why, and lets go of the connection: what the page still sends is not wanted. */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
): void {
  if (response.destroyed) return;
  response.once('finish', () => {
    // Time for the answer to be read: a connection that is cut while the page still writes loses it.
    setTimeout(() => request.destroy(), 1_000).unref();
  });
  answer(response, status, `${JSON.stringify({ code, message })}\n`, {
    'Content-Type': 'application/json; charset=utf-8',
    Connection: 'close',
  });
  request.resume();
}
