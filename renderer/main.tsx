import './start/zod.ts';
import './style/index.css';
import { createElectronClient } from './client/electron-client.ts';
import { createWebClient } from './client/web-client.ts';
import { startWindow } from './start/window.tsx';

startWindow(createElectronClient() ?? createWebClient());
