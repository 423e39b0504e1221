/** What no page of this app may do, whatever it contains: navigate away, open windows, ask for devices. */
import { app, type Session, session, type WebContents } from 'electron';
import { isOwnPage } from './protocol.ts';

/** Copying digests is the one permission the page needs. */
const allowedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Also sessions that nobody expected. Before the first page is made. */
export function restrictSessions(): void {
  restrictSession(session.defaultSession);
  app.on('session-created', restrictSession);
}

function restrictSession(session: Session): void {
  // Both handlers: without the check handler Electron's answer to a query is yes.
  session.setPermissionRequestHandler((page, permission, answer) => {
    answer(allowedPermissions.has(permission) && isOwnPage(page.getURL()));
  });
  session.setPermissionCheckHandler(
    (_page, permission, requestingOrigin) => allowedPermissions.has(permission) && isOwnPage(requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}

/** For every page that is ever made, also ones that nobody expected. */
export function restrictPages(): void {
  app.on('web-contents-created', (_event, page) => restrictPage(page));
}

function restrictPage(page: WebContents): void {
  const refuse = (event: { preventDefault(): void }): void => event.preventDefault();
  page.on('will-navigate', refuse);
  page.on('will-frame-navigate', refuse);
  page.on('will-redirect', refuse);
  page.on('will-attach-webview', refuse);
  page.setWindowOpenHandler(() => ({ action: 'deny' }));
}
