/**
 * The window without a host, for designing and looking at it: `harness.html?scene=busy`. Served by
 * `vite -c renderer/vite.config.ts` at /harness/harness.html; no part of the product's bundle.
 */
import '../start/zod.ts';
import '../style/index.css';
import { startWindow } from '../start/window.tsx';
import { SceneClient } from './scene-client.ts';
import { scenes } from './scenes.ts';

document.documentElement.dataset.scenes = Object.keys(scenes).join(' ');
const query = new URLSearchParams(window.location.search);
const scene = scenes[query.get('scene') ?? 'empty'];
if (scene === undefined) throw new Error(`Scenes are ${Object.keys(scenes).join(', ')}.`);
startWindow(new SceneClient(scene(), query.get('host') === 'electron'));
