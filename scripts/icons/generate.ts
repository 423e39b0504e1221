/** Draws the icons anew after a change to assets/icon.svg: `npm run icons`. Their test tells when they are stale. */
import { writeFileSync } from 'node:fs';
import { at } from '../setup/places.mjs';
import { drawIcons } from './icons.ts';

for (const [file, content] of await drawIcons()) writeFileSync(at(file), content);
