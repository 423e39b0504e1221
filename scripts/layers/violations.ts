/** Checks sources against the tables of `layers.ts`. Pure: takes a path and a text, returns sentences. */
import path from 'node:path';
import { nativeLayers, nodeApiHeaders, nodeFolders, type RestrictedApi, restrictedApis } from './layers.ts';
import { includesOf, parameterUses, type References, referencesOf } from './references.ts';

const isBelow = (file: string, folder: string): boolean => file === folder || file.startsWith(`${folder}/`);

/** Never shipped: fixtures, and the page that shows the window without a host. */
const isTestSupport = (file: string): boolean => /\/(testing|harness)\//.test(file);

const isTest = (file: string): boolean => isTestSupport(file) || /\.(test|config)\.tsx?$/.test(file);

/**
 * One sentence for each violation in a TypeScript file.
 * @param file path below the checkout, `/` between segments
 */
export function violationsOfTypeScript(file: string, text: string): string[] {
  const references = referencesOf(file, text);
  return [
    ...references.modules.flatMap((module) => testSupportViolation(file, module)),
    ...restrictedApis.flatMap((api) => apiViolation(file, api, references)),
    ...bridgeViolations(file, text),
  ];
}

/** A page may put methods of its own on what it passes to the bridge. */
function bridgeViolations(file: string, text: string): string[] {
  if (file !== 'main/hosts/electron/preload.ts') return [];
  return parameterUses(file, text).map(
    (name) => `${file} uses a member of ${name}: make plain data of it first, with preload-arguments.ts.`,
  );
}

function testSupportViolation(file: string, module: string): string[] {
  if (!/^[.#]/.test(module) || isTest(file)) return [];
  const target = module.startsWith('#') ? module.slice(1) : path.posix.join(path.posix.dirname(file), module);
  if (!isTestSupport(target)) return [];
  return [`${file} imports ${module}: what only tests use does not ship; move what both need out of that folder.`];
}

function apiViolation(file: string, api: RestrictedApi, references: References): string[] {
  if (!isBelow(file, api.within) || isBelow(file, api.place) || isTest(file)) return [];
  return uses(api, references) ? [`${file} uses ${api.name}: ${api.advice}`] : [];
}

function uses({ kind, of, name }: RestrictedApi, { members, strings }: References): boolean {
  switch (kind) {
    case 'member':
      return members.some((used) => (used.object === of || used.object === 'globalThis') && used.member === name);
    case 'string-ending':
      return strings.some((used) => used.endsWith(name));
  }
}

const nativeFolder = (file: string): string => file.split('/')[1]!;

/**
 * One sentence for each violation in a C++ file below `native/`.
 * @param exists whether a path below the checkout is a file; an include is first looked up beside the includer
 */
export function violationsOfNative(file: string, text: string, exists: (file: string) => boolean): string[] {
  const own = nativeFolder(file);
  const allowed = nativeLayers[own];
  if (!allowed) return [`${file} lies in a folder that scripts/layers/layers.ts does not list: add it there.`];
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
      `${file} includes ${include}: native/${own} is below native/${folder}; pass in what it needs, or move it ` +
        `to one of: ${[own, ...allowed].join(', ')}.`,
    ];
  });
}
