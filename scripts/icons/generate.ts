/** Draws the icons anew after a change to assets/icon.svg: `npm run icons`. Their test fails when they are stale. */
import { writeFileSync } from 'node:fs';
import { fromRoot } from '../setup/paths.mjs';
import { drawIcons } from './icons.ts';

for (const [file, content] of await drawIcons()) writeFileSync(fromRoot(file), content);
