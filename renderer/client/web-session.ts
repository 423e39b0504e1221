/**
 * The secret by which the web host knows this page. The address that Hashlane printed carries a token,
 * which is exchanged for the secret once; the secret stays in this tab, so that a reload keeps it.
 */
import { socketProtocol, socketSecretPrefix, tokenParameter, webRoutes } from '#shared/contract/bridge.ts';

const storageKey = 'hashlane.secret';

/** Where a route lies: below the page's own folder, which a proxy may have put anywhere. */
export function hostUrl(route: string): URL {
  return new URL(`.${route}`, document.baseURI);
}

/** Takes the token out of the page's address and exchanges it. Resolves to whether this page may use the host. */
export async function openWebSession(): Promise<boolean> {
  const token = new URLSearchParams(location.hash.slice(1)).get(tokenParameter);
  if (token !== null) {
    history.replaceState(null, '', location.pathname + location.search);
    const answer = await fetch(hostUrl(webRoutes.session), { method: 'POST', body: token });
    if (answer.ok) sessionStorage.setItem(storageKey, await answer.text());
  }
  return await isWebSessionValid();
}

/** Whether the host still knows the secret; a host that does not answer leaves the question open. */
export async function isWebSessionValid(): Promise<boolean> {
  if (sessionStorage.getItem(storageKey) === null) return false;
  return await fetch(hostUrl(webRoutes.session), { headers: authorization() }).then(
    (answer) => answer.status !== 401,
    () => true,
  );
}

/** For requests. */
export function authorization(): { Authorization: string } {
  return { Authorization: `Bearer ${sessionStorage.getItem(storageKey)}` };
}

/** For sockets, which can carry no header of their own but this. */
export function socketProtocols(): string[] {
  return [socketProtocol, `${socketSecretPrefix}${sessionStorage.getItem(storageKey)}`];
}
