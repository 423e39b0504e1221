/** Holds sources against the tables of `layers.ts`. Pure: a path and a text in, sentences out. */
import { builtinModules } from 'node:module';
import path from 'node:path';
import { includesOf, type References, referencesOf } from './imports.ts';
import { type Layer, layers, type Monopoly, monopolies, nativeLayers, nodeApiHeaders, nodeFolders } from './layers.ts';

const isBelow = (file: string, folder: string): boolean => file === folder || file.startsWith(`${folder}/`);

function layerOf(file: string): Layer | undefined {
  return layers
    .filter((layer) => isBelow(file, layer.folder))
    .sort((a, b) => b.folder.length - a.folder.length)
    .at(0);
}

/** Never shipped: fixtures, and the page that shows the window without a host. */
const isTestSupport = (file: string): boolean => /\/(testing|harness)\//.test(file);

/** Tests, what they stand on and configuration run under Node whatever they are about, and bring their own tools. */
const isTool = (file: string): boolean => isTestSupport(file) || /\.(test|config)\.tsx?$/.test(file);

const packageOf = (module: string): string => /^(@[^/]+\/)?[^/]+/.exec(module)![0];

/**
 * What is wrong with a TypeScript file, one sentence each.
 * @param file path below the checkout, `/` between segments
 */
export function violationsOfTypeScript(file: string, text: string): string[] {
  const references = referencesOf(file, text);
  const layer = layerOf(file);
  return [
    ...(layer ? references.modules.flatMap(({ module }) => importViolation(file, layer, module)) : []),
    ...monopolies.flatMap((monopoly) => monopolyViolation(file, monopoly, references)),
  ];
}

function importViolation(file: string, layer: Layer, module: string): string[] {
  const refused = [`${file} imports ${module}: ${layer.advice}`];
  if (module.startsWith('.') || module.startsWith('#')) {
    const target = module.startsWith('#') ? module.slice(1) : path.posix.join(path.posix.dirname(file), module);
    if (isTestSupport(target) && !isTool(file)) {
      return [`${file} imports ${module}: what only tests use does not ship; move what both need out of that folder.`];
    }
    return [layer.folder, ...layer.folders].some((folder) => isBelow(target, folder)) ? [] : refused;
  }
  if (module.startsWith('node:') || builtinModules.includes(module)) return layer.node || isTool(file) ? [] : refused;
  const name = packageOf(module);
  if (isTool(file) && name !== 'electron') return [];
  const allowed = layer.packages === '*' ? !layer.notPackages?.includes(name) : layer.packages.includes(name);
  return allowed ? [] : refused;
}

function monopolyViolation(file: string, monopoly: Monopoly, references: References): string[] {
  if (!isBelow(file, monopoly.within) || isBelow(file, monopoly.place) || isTool(file)) return [];
  return uses(monopoly, references) ? [`${file} uses ${monopoly.name}: ${monopoly.advice}`] : [];
}

function uses({ kind, of, name }: Monopoly, { modules, members, strings }: References): boolean {
  switch (kind) {
    case 'import':
      return modules.some((used) => used.module === of && used.names.includes(name));
    case 'member':
      return members.some((used) => (used.object === of || used.object === 'globalThis') && used.member === name);
    case 'string-ending':
      return strings.some((used) => used.endsWith(name));
  }
}

/** Under which name `nativeLayers` has the folder that the file lies in. */
const nativeFolder = (file: string): string =>
  isBelow(file, 'bench/boundary') ? 'bench/boundary' : file.split('/')[1]!;

/**
 * What is wrong with a C++ file below `native/` or `bench/boundary/native/`.
 * @param exists tells whether a path below the checkout is a file; an include is first looked for beside the includer
 */
export function violationsOfNative(file: string, text: string, exists: (file: string) => boolean): string[] {
  const own = nativeFolder(file);
  const allowed = nativeLayers[own];
  if (!allowed) return [`${file} lies in a folder that scripts/layers/layers.ts does not know: give it a place there.`];
  return includesOf(text).flatMap((include) => {
    if (nodeApiHeaders.test(include)) {
      const advice = 'only native/binding knows Node; the core takes and returns plain C++ values.';
      return nodeFolders.includes(own) ? [] : [`${file} includes ${include}: ${advice}`];
    }
    const beside = path.posix.join(path.posix.dirname(file), include);
    const target = exists(beside) ? beside : path.posix.join('native', include);
    const folder = nativeFolder(target);
    if (!exists(target) || folder === own || allowed.includes(folder)) return [];
    return [
      `${file} includes ${include}: native/${own} stands below native/${folder}; pass in what it needs, or move it ` +
        `to one of: ${[own, ...allowed].join(', ')}.`,
    ];
  });
}
