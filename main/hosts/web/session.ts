/** `/session`: exchanges a token for the session's secret. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Access } from './access.ts';
import { answer } from './headers.ts';

/** A token and some room. */
const maxBodyBytes = 256;

const bodyTimeoutMs = 5_000;

/** GET comes here with a valid secret only. */
export async function serveSession(access: Access, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET' || request.method === 'HEAD') {
    response.writeHead(204, { 'Cache-Control': 'no-store' }).end();
    return;
  }
  if (request.method !== 'POST') {
    answer(response, 405, 'Only GET and POST.\n', { Allow: 'GET, HEAD, POST', Connection: 'close' });
    return;
  }
  request.setTimeout(bodyTimeoutMs, () => request.destroy());
  const token = await readText(request);
  const secret = token === null ? null : access.exchange(token);
  if (secret === null) answer(response, 401, 'This address was used before, or is older than a minute.\n');
  else answer(response, 200, secret);
}

/** The body; null when it is longer than a token can be. */
async function readText(request: IncomingMessage): Promise<string | null> {
  let text = '';
  for await (const chunk of request) {
    text += (chunk as Buffer).toString('latin1');
    if (text.length > maxBodyBytes) return null;
  }
  return text;
}
