/** Exports that wait to be fetched, each once, under an address that cannot be guessed. */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { webRoutes } from '#shared/contract/bridge.ts';
import type { ResultDocument } from '../../app/results/exports.ts';
import { answer } from './headers.ts';

/** A page fetches an export as soon as it is offered; the oldest offer makes way. */
const maxOffers = 32;
const offerLifetimeMs = 60_000;

export class Downloads {
  readonly #offers = new Map<string, { document: ResultDocument; expires: number }>();
  readonly #logError: (error: unknown) => void;
  readonly #now: () => number;

  /** `now`: a clock in milliseconds. */
  constructor(logError: (error: unknown) => void, now: () => number = () => performance.now()) {
    this.#logError = logError;
    this.#now = now;
  }

  /** The path of the URL. */
  offer(document: ResultDocument): string {
    for (const oldest of [...this.#offers.keys()].slice(0, Math.max(0, this.#offers.size - maxOffers + 1))) {
      this.#offers.delete(oldest);
    }
    const id = randomBytes(16).toString('base64url');
    this.#offers.set(id, { document, expires: this.#now() + offerLifetimeMs });
    return `${webRoutes.export}/${id}`;
  }

  async serve(pathname: string, response: ServerResponse): Promise<void> {
    const id = pathname.slice(webRoutes.export.length + 1);
    const offer = this.#offers.get(id);
    // guard: one fetch of an export
    this.#offers.delete(id);
    if (offer === undefined || offer.expires <= this.#now()) {
      answer(response, 404, 'This export was fetched before, or is older than a minute. Export again.\n');
      return;
    }
    const { document } = offer;
    response.writeHead(200, {
      'Content-Type': document.mediaType,
      'Content-Disposition': contentDisposition(document.suggestedName),
      'Cache-Control': 'no-store',
    });
    try {
      await pipeline(Readable.from(document.chunks()), response);
    } catch (error) {
      // The response is broken off, which the browser reports as a failed download. Was it the
      // browser that went away, there is nothing to tell.
      if (!isPrematureClose(error)) this.#logError(error);
    }
  }
}

/** RFC 6266: an ASCII name for old readers, and the exact one, percent-encoded as in RFC 8187. */
export function contentDisposition(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${exact}`;
}

function isPrematureClose(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
