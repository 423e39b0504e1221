import './start/zod.ts';
import './style/index.css';
import { createElectronClient } from './client/electron-client.ts';
import { createWebClient, lockedPage } from './client/web-client.ts';
import { openWebSession } from './client/web-session.ts';
import { startWindow } from './start/window.tsx';

const electronClient = createElectronClient();
if (electronClient !== null) startWindow(electronClient);
else if (await openWebSession()) {
  startWindow(createWebClient());
  // A new address pasted into this tab only changes the fragment.
  addEventListener('hashchange', () => history.replaceState(null, '', location.pathname + location.search));
} else location.replace(lockedPage);
