/** Builds the window: one page, hashed assets, nothing inline, so that it runs under a strict CSP. */
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: folder('.'),
  base: './',
  publicDir: folder('./public'),
  plugins: [react(), tailwindcss()],
  resolve: { alias: [{ find: /^#shared\//, replacement: folder('../shared/') }] },
  server: { host: '127.0.0.1', fs: { allow: [folder('..')] } },
  build: {
    outDir: folder('../dist/renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    // A data: URL would need the CSP to allow it for every kind of asset.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_200,
  },
});
