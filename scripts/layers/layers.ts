/**
 * The rules that Biome cannot express: APIs that one place alone may use, and which C++ folder may
 * include which. Which TypeScript folder may import which stands in biome.json.
 */

/** An API that one place alone may use. */
export interface RestrictedApi {
  /** A member of a global object, or the end of a string. */
  readonly kind: 'member' | 'string-ending';
  /** The object, for `member`. */
  readonly of?: string;
  readonly name: string;
  /** The one file or folder that may use it. */
  readonly place: string;
  /** Only files below this folder are checked. */
  readonly within: string;
  readonly advice: string;
}

export const restrictedApis: readonly RestrictedApi[] = [
  {
    kind: 'member',
    of: 'window',
    name: 'hashlane',
    place: 'renderer/client/electron-client.ts',
    within: 'renderer',
    advice: 'take the bridge from renderer/client/electron-client.ts, so that one place decides which host this is.',
  },
  {
    kind: 'string-ending',
    name: '.node',
    place: 'main/engine',
    within: 'main',
    advice: 'the addon is loaded by main/engine alone: call loadEngine of main/engine/native-engine.ts.',
  },
];

/** Which folder of `native/` may include which; nothing below `binding` knows Node. */
export const nativeLayers: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  kernels: ['contract'],
  system: ['contract'],
  memory: ['system', 'contract'],
  io: ['memory', 'system', 'contract'],
  engine: ['io', 'memory', 'kernels', 'system', 'contract'],
  binding: ['engine', 'io', 'memory', 'kernels', 'system', 'contract'],
  tests: ['engine', 'io', 'memory', 'kernels', 'system', 'contract'],
  fuzz: ['tests', 'kernels', 'contract'],
};

/** The folders that may know Node. */
export const nodeFolders: readonly string[] = ['binding'];

/** Headers of Node-API. */
export const nodeApiHeaders = /^(napi|node_api|js_native_api|node|v8|uv)(_types)?\.h$|^napi-inl/;
