/** Every icon file, made of the one drawing. The renderer is WebAssembly: it draws the same bytes on every machine. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { fromRoot } from '../setup/paths.mjs';
import { icns, ico } from './containers.ts';

const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const largestOfIco = 256;

/** @returns content by path in the checkout */
export async function drawIcons(): Promise<Map<string, Buffer>> {
  await initWasm(readFileSync(fileURLToPath(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm'))));
  const drawing = readFileSync(fromRoot('assets', 'icon.svg'), 'utf8');
  const images = sizes.map((size) => ({
    size,
    png: Buffer.from(new Resvg(drawing, { fitTo: { mode: 'width', value: size } }).render().asPng()),
  }));
  return new Map([
    ...images.map(({ size, png }) => [`assets/icons/${size}x${size}.png`, png] as const),
    ['assets/icon.ico', ico(images.filter(({ size }) => size <= largestOfIco))],
    ['assets/icon.icns', icns(images)],
  ]);
}
