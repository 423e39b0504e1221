/**
 * Serves the window's files. The folder is listed once, at start, and only what was listed is
 * served: no path in a request is ever joined to a folder, so none can lead out of it.
 */
import { createReadStream, readdirSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream';
import { isPageFile, mediaTypeOf } from '../page/page.ts';
import { answer } from './headers.ts';

/** The bundler's content hash: such a file never changes under its name. */
const hashedName = /-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$/;

export class Assets {
  /** URL path to file. */
  readonly #files = new Map<string, string>();

  /** Throws when `folder` holds no window. */
  constructor(folder: string) {
    this.#list(folder, '/');
    const index = this.#files.get('/index.html');
    if (index === undefined) throw new Error(`There is no index.html in ${folder}. Build the app first.`);
    this.#files.set('/', index);
  }

  #list(folder: string, url: string): void {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const full = path.join(folder, entry.name);
      // guard: hidden assets
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) this.#list(full, `${url}${entry.name}/`);
      else if (/* guard: links among assets => true */ entry.isFile() && isPageFile(entry.name))
        this.#files.set(url + entry.name, full);
    }
  }

  /** Answers GET and HEAD. */
  serve(pathname: string, response: ServerResponse): void {
    // guard: listed assets => const file = this.#files.get(pathname) ?? path.join(path.dirname(this.#files.get('/')!), decodeURIComponent(pathname));
    const file = this.#files.get(pathname);
    const size = file && statSync(file, { throwIfNoEntry: false })?.size;
    if (file === undefined || size === undefined) {
      answer(response, 404, 'Not found.\n');
      return;
    }
    response.writeHead(200, {
      'Content-Type': mediaTypeOf(file),
      'Content-Length': String(size),
      'Cache-Control': hashedName.test(file) ? 'private, max-age=31536000, immutable' : 'no-cache',
    });
    if (response.req.method === 'HEAD') response.end();
    // A browser that goes away in the middle is no error of ours.
    else pipeline(createReadStream(file), response, () => undefined);
  }
}
