/**
 * The bundles that ship, and what each is made of. A product needs no node_modules: everything
 * but Node's own modules and Electron is bundled in.
 */

/**
 * @typedef {object} Bundle
 * @property {string} entry what Vite starts from; for the window its own configuration
 * @property {string} folder where it goes
 * @property {string} output the file that others start
 * @property {readonly string[]} inputs files and folders whose content decides whether it is stale
 */

const everywhere = ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts/bundles', 'shared'];

/** @satisfies {Record<string, Bundle>} */
export const bundles = {
  electron: {
    entry: 'main/hosts/electron/main.ts',
    folder: 'dist/electron',
    output: 'dist/electron/main.js',
    inputs: [...everywhere, 'main'],
  },
  cli: {
    entry: 'main/cli/entry.ts',
    folder: 'dist/cli',
    output: 'dist/cli/hashlane.js',
    inputs: [...everywhere, 'main'],
  },
  renderer: {
    entry: 'renderer/vite.config.ts',
    folder: 'dist/renderer',
    output: 'dist/renderer/index.html',
    inputs: [...everywhere, 'renderer', 'assets'],
  },
};

/** @typedef {keyof typeof bundles} BundleName */

export const bundleNames = /** @type {BundleName[]} */ (Object.keys(bundles));

/** @param {BundleName} name */
export const stampOf = (name) => `${bundles[name].folder}/.stamp`;

/** In each bundle's folder: lists of the packages that went into its parts, one file each. They do not ship. */
export const licencesFolder = '.licences';
