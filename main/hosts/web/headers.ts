/** Headers that every answer of the web host carries. */
import type { ServerResponse } from 'node:http';
import { contentSecurityPolicy } from '../page/page.ts';

export const securityHeaders: Readonly<Record<string, string>> = {
  // guard: policy
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  // guard: no frames
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  // guard: no opener
  'Cross-Origin-Opener-Policy': 'same-origin',
  // guard: no includes
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Ends the response with a body of plain text, JSON or HTML, by its type. */
export function answer(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
