/** What no page of this app may do, whatever it contains: navigate away, open windows, use devices or the network. */
import { app, type Session, session, type WebContents } from 'electron';
import { isOwnPage } from './protocol.ts';

/** Copying digests is the one permission the page needs. */
const allowedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Also sessions that nobody expected. Before the first page is made. */
export function restrictSessions(): void {
  restrictSession(session.fromPartition('electron-updater', { cache: false }));
  const restrictNetwork = (created: Session): void => {
    restrictSession(created);
    // guard: dead proxy
    void created.setProxy(deadProxy);
  };
  restrictNetwork(session.defaultSession);
  // guard: every session
  app.on('session-created', restrictNetwork);
}

/**
 * A proxy that nothing can be: port 0. No page of ours connects anywhere, and what a content security policy does not
 * govern, such as WebRTC over TCP, ends here. Pages of our own scheme take no proxy. The session of electron-updater,
 * in which no page is shown, keeps its network.
 */
const deadProxy = { mode: 'fixed_servers', proxyRules: 'http://127.0.0.1:0', proxyBypassRules: '<-loopback>' } as const;

function restrictSession(session: Session): void {
  // Both handlers: without the check handler Electron's answer to a query is yes.
  session.setPermissionRequestHandler((page, permission, answer) => {
    // guard: permission requests => answer(true);
    answer(allowedPermissions.has(permission) && isOwnPage(page.getURL()));
  });
  // guard: permission checks => session.setPermissionCheckHandler( (_page, permission, requestingOrigin) => true, )
  session.setPermissionCheckHandler(
    (_page, permission, requestingOrigin) => allowedPermissions.has(permission) && isOwnPage(requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
  // guard: downloads
  session.on('will-download', (event) => event.preventDefault());
}

/** For every page that is ever made, also ones that nobody expected. */
export function restrictPages(): void {
  app.on('web-contents-created', (_event, page) => restrictPage(page));
}

function restrictPage(page: WebContents): void {
  const refuse = (event: { preventDefault(): void }): void => event.preventDefault();
  // guard: navigation
  page.on('will-navigate', refuse);
  // guard: navigation, navigation of frames
  page.on('will-frame-navigate', refuse);
  // guard: redirects
  page.on('will-redirect', refuse);
  // guard: webviews
  page.on('will-attach-webview', refuse);
  // guard: new windows => page.setWindowOpenHandler(() => ({ action: 'allow' }))
  page.setWindowOpenHandler(() => ({ action: 'deny' }));
  // Of WebRTC only what goes through the proxy, which there is not.
  // guard: no datagrams by WebRTC
  page.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
