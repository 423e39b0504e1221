/** What the window's files are served with, whichever host serves them. */
import path from 'node:path';

/** Nothing but the page's own files, no inline code, no frame around it. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  // guard: policy: scripts => "script-src 'self' 'unsafe-inline'"
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  // guard: policy: connections => "connect-src *"
  "connect-src 'self'",
  "base-uri 'none'",
  // guard: forms
  "form-action 'none'",
  // guard: no frames
  "frame-ancestors 'none'",
].join('; ');

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** By the ending of its name. */
export function mediaTypeOf(file: string): string {
  return mediaTypes[path.extname(file)] ?? 'application/octet-stream';
}

/** Whether a file of the bundle is for the page: a build leaves notes of its own beside them. */
export function isPageFile(name: string): boolean {
  // guard: hidden assets => return name.length > 0;
  return !name.startsWith('.') && path.extname(name) in mediaTypes;
}
