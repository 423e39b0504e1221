/** Builds the bundles named on the command line, or all of them: `node scripts/bundles/build.mjs [NAME…]`. */
import { builtinModules } from 'node:module';
import path from 'node:path';
import { build } from 'vite';
import { at, root } from '../setup/places.mjs';
import { bundleNames, bundles, licencesFolder } from './bundles.mjs';

/** Electron is there at run time; the other two are accelerators that ws looks for and does without. */
const external = [
  'electron',
  'bufferutil',
  'utf-8-validate',
  ...builtinModules,
  ...builtinModules.map((m) => `node:${m}`),
];

/** Vite writes down the packages that went in, with their licences. @param {string} part of a bundle */
const licences = (part) => ({ fileName: `${licencesFolder}/${part}.json` });

/**
 * @param {import('./bundles.mjs').Bundle} bundle
 * @param {import('vite').Rolldown.OutputOptions} output
 * @param {import('vite').BuildOptions} [more]
 * @returns {import('vite').InlineConfig}
 */
function forNode(bundle, output, more = {}) {
  return {
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    // Electron 33 and Node 20.18 are the oldest that run this.
    build: {
      ssr: true,
      target: 'node20.18',
      outDir: at(bundle.folder),
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { input: at(bundle.entry), external, output },
      license: licences(path.basename(bundle.entry, '.ts')),
      ...more,
    },
    ssr: { noExternal: true, external: ['electron', 'bufferutil', 'utf-8-validate'] },
  };
}

/**
 * Makes the `.js` files of a folder CommonJS, whatever the package says. Node hands its own modules
 * to `require` as they are; for `import` it first evaluates each of their exports, even those that
 * nobody asked for, which is a third of the command's start.
 * @type {import('vite').Plugin}
 */
const commonJsFolder = {
  name: 'hashlane:commonjs-folder',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' });
  },
};

/**
 * Commander can start other programs as its subcommands. Ours has none, and need not wait until Node
 * has loaded what starts programs.
 * @type {import('vite').Plugin}
 */
const noSubprograms = {
  name: 'hashlane:no-subprograms',
  transform(code, id) {
    if (!/[\\/]commander[\\/]lib[\\/]command\.js$/.test(id)) return undefined;
    return { code: code.replace("require('node:child_process')", 'undefined'), map: null };
  },
};

/** @type {Record<import('./bundles.mjs').BundleName, import('vite').InlineConfig[]>} */
const configurations = {
  electron: [
    forNode(bundles.electron, { entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js' }),
    // A sandboxed preload must be one CommonJS file.
    forNode(
      { ...bundles.electron, entry: 'main/hosts/electron/preload.ts' },
      { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false },
      { emptyOutDir: false },
    ),
  ],
  cli: [
    {
      ...forNode(bundles.cli, { format: 'cjs', entryFileNames: 'hashlane.js', chunkFileNames: '[name]-[hash].js' }),
      plugins: [commonJsFolder, noSubprograms],
    },
  ],
  renderer: [{ configFile: at(bundles.renderer.entry), logLevel: 'warn', build: { license: licences('renderer') } }],
};

const wanted = process.argv.slice(2);
for (const name of bundleNames) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const configuration of configurations[name]) await build(configuration);
}
