/**
 * The page's own scheme. `app://hashlane/` serves the files of the renderer's bundle and nothing
 * else, with the headers of a strict page; `file://` is never used.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol, type Session } from 'electron';
import { contentSecurityPolicy, mediaTypeOf } from '../page/page.ts';

const scheme = 'app';
const host = 'hashlane';
export const pageUrl = `${scheme}://${host}/index.html`;
/** Instead of a page that keeps ending. */
export const crashedPageUrl = `${scheme}://${host}/crashed.html`;

/** Before `ready`. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** True for addresses of the app's own page. Parsed and compared: prefixes are how apps get broken. */
export function isOwnPage(address: string): boolean {
  const url = parse(address);
  return url !== null && url.protocol === `${scheme}:` && /* guard: own page */ url.host === host;
}

/** `URL.parse` came with Node 22, later than the oldest Electron that this runs on. */
function parse(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/** The file below `root` that an address names, or null when it names none or leads out. */
export function fileOfAddress(root: string, address: string): string | null {
  if (!isOwnPage(address)) return null;
  let name: string;
  try {
    name = decodeURIComponent(new URL(address).pathname);
  } catch {
    return null;
  }
  if (name.includes('\0')) return null;
  const file = path.join(root, name);
  const below = path.relative(root, file);
  // guard: files of the bundle only => return file;
  return below === '' || below.startsWith('..') || path.isAbsolute(below) ? null : file;
}

/** Serves the renderer's bundle in `root` to the windows of `session`. */
export function servePage(session: Session, root: string): void {
  session.protocol.handle(scheme, async (request) => {
    const file = request.method === 'GET' || request.method === 'HEAD' ? fileOfAddress(root, request.url) : null;
    const content = file && (await readFile(file).catch(() => null));
    if (!file || !content) return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } });
    return new Response(new Uint8Array(content), {
      headers: {
        'content-type': mediaTypeOf(file),
        // guard: policy: sent with the page
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
      },
    });
  });
}
