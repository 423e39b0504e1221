/** A page that has been taken over tries every interface of the web that can connect: nothing leaves its process. */
import { electron, takeOver } from './world/attack.ts';
import { listenToAll, outwardAddress } from './world/network.ts';
import { expect, test } from './world/test.ts';

test.describe('a connection', () => {
  const address = outwardAddress();
  let listeners: Awaited<ReturnType<typeof listenToAll>>;
  test.beforeEach(async () => {
    test.skip(address === null, 'this machine has no network but loopback, and makes none');
    listeners = await listenToAll();
  });
  test.afterEach(() => listeners?.close());

  for (const [name, host] of [
    ['this machine', '127.0.0.1'],
    ['the network', address ?? ''],
  ] as const)
    test(`by WebRTC to ${name} is not made`, async ({ hashlane }) => {
      const page = await takeOver(electron(hashlane), { deadProxy: true });
      const { udpPort, tcpPort } = listeners;
      const candidates = await page.evaluate(
        async ({ host, udpPort, tcpPort }) => {
          const account = { username: 'name', credential: 'word' };
          const iceServers = [
            { urls: `stun:${host}:${udpPort}` },
            { urls: `turn:${host}:${udpPort}`, ...account },
            { urls: `turn:${host}:${tcpPort}?transport=tcp`, ...account },
            { urls: `turns:${host}:${tcpPort}?transport=tcp`, ...account },
          ];
          const found: string[] = [];
          const connection = new RTCPeerConnection({ iceServers });
          // Gathering ends by itself once every server has refused or timed out, which takes up to 10 s.
          const gathered = new Promise<void>((resolve) => {
            connection.onicecandidate = ({ candidate }) => {
              if (candidate === null) resolve();
              else found.push(candidate.candidate);
            };
          });
          connection.createDataChannel('channel');
          await connection.setLocalDescription(await connection.createOffer());
          await gathered;
          connection.close();
          return found;
        },
        { host, udpPort, tcpPort },
      );
      expect(candidates).toEqual([]);
      expect(listeners.seen).toEqual([]);
    });

  test('by anything else is not made', async ({ hashlane }) => {
    const page = await takeOver(electron(hashlane), { deadProxy: true });
    await page.evaluate(async (target) => {
      const quietly = async (attempt: () => unknown): Promise<void> => {
        try {
          await attempt();
        } catch {
          // Refused, as it should be; what counts is what the listeners saw.
        }
      };
      const url = `http://${target}`;
      const insert = (tag: string, properties: Record<string, string>): void =>
        void document.body.append(Object.assign(document.createElement(tag), properties));
      await quietly(() => fetch(url, { mode: 'no-cors' }));
      await quietly(() => navigator.sendBeacon(url, 'x'));
      await quietly(() => new WebSocket(`ws://${target}`));
      await quietly(() => new EventSource(url));
      await quietly(() => new Worker(url));
      await quietly(() => new SharedWorker(url));
      await quietly(() => navigator.serviceWorker?.register(url));
      await quietly(() => new FontFace('x', `url(${url})`).load());
      await quietly(() => new XMLHttpRequest().open('GET', url, false));
      await quietly(() => {
        const request = new XMLHttpRequest();
        request.open('GET', url);
        request.send();
      });
      const Transport = (globalThis as { WebTransport?: new (url: string) => { ready: Promise<void> } }).WebTransport;
      if (Transport) await quietly(() => new Transport(`https://${target}`).ready);
      for (const rel of [
        'stylesheet',
        'preload',
        'prefetch',
        'preconnect',
        'dns-prefetch',
        'modulepreload',
        'icon',
        'manifest',
      ])
        insert('link', { rel, href: url, ...(rel === 'preload' ? { as: 'script' } : {}) });
      for (const tag of ['img', 'script', 'iframe', 'embed', 'video', 'audio', 'track']) insert(tag, { src: url });
      insert('object', { data: url });
      insert('div', { style: `background: url(${url})` });
      insert('a', { ping: url, href: '#' });
      document.querySelector<HTMLAnchorElement>('a[ping]')?.click();
      // What the browser does later, it does within this time; there is no event for what does not happen.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
    }, `${address}:${listeners.tcpPort}`);
    expect(listeners.seen).toEqual([]);
  });
});
