/**
 * What other users and programs of this machine try without a token. Each attempt is made by a process
 * of its own: as another user where this one may become one, and in other namespaces.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { webRoutes } from '#shared/contract/bridge.ts';
import { temporaryFolder } from '../../app/testing/world.ts';
import { type Served, serve } from '../../hosts/web/testing/served.ts';
import { writeLaunchPage } from './browser.ts';

const run = promisify(execFile);

/** Prints `STATUS` or the code of the error for a request, or for a socket. */
const client = `
const [url, method, body, protocol] = process.argv.slice(1);
const { origin } = new URL(url);
const headers = { origin };
if (protocol) Object.assign(headers, { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13',
  'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==', 'sec-websocket-protocol': protocol });
const request = require('node:http').request(url, { method, headers, agent: false }, (answer) => {
  answer.resume();
  answer.on('end', () => console.log(answer.statusCode));
});
request.on('upgrade', (answer, socket) => { console.log(answer.statusCode); socket.destroy(); });
request.on('error', (error) => console.log(error.code));
request.end(body || undefined);
`;

/** As `client`, with our own Host whatever address is connected to. */
const mappedClient = `
const [url, own] = process.argv.slice(1);
require('node:http').get(url, { headers: { host: new URL(own).host }, agent: false }, (answer) => {
  answer.resume();
  answer.on('end', () => console.log(answer.statusCode));
}).on('error', (error) => console.log(error.code));
`;

const attempts: readonly (readonly [
  title: string,
  target: string,
  method: string,
  body?: string | undefined,
  protocol?: string | undefined,
])[] = [
  ['guesses a token', webRoutes.session, 'POST', 'A'.repeat(43)],
  ['asks whether it is in', webRoutes.session, 'GET'],
  ['sends a file', `${webRoutes.upload}/1/x/0`, 'POST', 'x'],
  ['guesses a download', `${webRoutes.export}/AAAAAAAAAAAAAAAAAAAAAA`, 'GET'],
  ['opens the contract', `${webRoutes.contract}?window=window-0001`, 'GET', '', 'hashlane'],
  [
    'opens the contract with a guess',
    `${webRoutes.contract}?window=window-0001`,
    'GET',
    '',
    'hashlane, hashlane.secret.AAAA',
  ],
  ['opens the byte channel', `${webRoutes.bytes}?window=window-0001`, 'GET', '', 'hashlane'],
];

async function attempt(
  served: Served,
  before: readonly string[],
  [, target, method, body = '', protocol = '']: (typeof attempts)[number],
) {
  const [program = '', ...args] = [
    ...before,
    process.execPath,
    '-e',
    client,
    '--',
    served.origin + target,
    method,
    body,
    protocol,
  ];
  const { stdout } = await run(program, args, { timeout: 20_000 });
  return stdout.trim();
}

const isRoot = process.getuid?.() === 0;
const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];

/** Whether a way to start a process works here. */
async function works(before: readonly string[]): Promise<boolean> {
  const [program = '', ...args] = [...before, 'true'];
  return run(program, args).then(
    () => true,
    () => false,
  );
}

describe.each<[string, readonly string[], readonly string[]]>([
  ['a program of the same user', [], ['401', '404']],
  ['another user', asNobody, ['ECONNRESET', 'EPIPE']],
  [
    'a program in another network namespace',
    ['unshare', '--user', '--map-root-user', '--net'],
    ['ECONNREFUSED', 'ENETUNREACH'],
  ],
  [
    'a program in another pid namespace',
    ['unshare', '--user', '--map-root-user', '--pid', '--fork'],
    ['401', '404', 'ECONNRESET'],
  ],
])('%s', (_who, before, answers) => {
  let possible = false;
  beforeAll(async () => {
    possible = await works(before);
  });

  test.for(attempts.map((one) => ({ title: one[0], one })))(
    'gets nothing when it $title',
    async ({ one }, { skip }) => {
      skip(!possible, 'the namespace or user cannot be had here');
      const served = await (await serve()).enter();
      expect(answers).toContain(await attempt(served, before, one));
    },
  );
});

describe.runIf(isRoot && existsSync('/usr/bin/setpriv'))('another user', () => {
  test('does not even get the files of the page', async () => {
    const served = await serve();
    expect(await attempt(served, asNobody, ['', '/', 'GET'])).toBe('ECONNRESET');
    expect(await attempt(served, [], ['', '/', 'GET'])).toBe('200');
  });

  test('gets no further over an IPv6 socket that reaches the IPv4 address', async () => {
    const served = await serve();
    const mapped = `http://[::ffff:127.0.0.1]:${served.url.port}`;
    const headers = `http://127.0.0.1:${served.url.port}`;
    const ask = ['-e', mappedClient, '--', mapped, headers];
    const { stdout } = await run('setpriv', [...asNobody.slice(1), process.execPath, ...ask]);
    expect(stdout.trim()).toBe('ECONNRESET');
  });

  test('cannot read the page that leads the browser to the address', async () => {
    const file = writeLaunchPage(path.join(temporaryFolder(), 'data'), 'http://127.0.0.1:1/#token=secret');
    await expect(run('setpriv', [...asNobody.slice(1), 'cat', file])).rejects.toThrow('Permission denied');
  });
});
