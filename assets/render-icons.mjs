/**
 * Renders icon.svg to icon-16.png … icon-512.png, and icon.png for what takes one size alone.
 * Needs a Chromium: `node assets/render-icons.mjs`; HASHLANE_CHROMIUM names one elsewhere.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const sizes = [16, 32, 48, 64, 128, 256, 512];
const file = (name) => fileURLToPath(new URL(name, import.meta.url));

const browser = await chromium.launch({
  executablePath: process.env.HASHLANE_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
const page = await browser.newPage();
const source = `data:image/svg+xml;base64,${readFileSync(file('icon.svg')).toString('base64')}`;
for (const size of sizes) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<body style="margin:0"><img src="${source}" width="${size}" height="${size}"></body>`);
  await page.locator('img').evaluate((image) => image.decode());
  writeFileSync(file(`icon-${size}.png`), await page.screenshot({ omitBackground: true }));
}
copyFileSync(file('icon-512.png'), file('icon.png'));
await browser.close();
