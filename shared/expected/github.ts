/** GitHub's answer about a release: each asset with its name and its digest, `sha256:…`. */
import { expectedOf, type Recognition, refused, unknown } from './expected.ts';
import { prefixedDigest } from './prefixed.ts';

interface Asset {
  readonly name?: unknown;
  readonly digest?: unknown;
  readonly size?: unknown;
}

function assetsIn(value: unknown): Asset[] {
  if (Array.isArray(value)) return value.flatMap(assetsIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('assets' in value) return assetsIn(value.assets);
  return 'digest' in value ? [value as Asset] : [];
}

/** `leaf`: what the file is called; of several assets the one with its name is meant. */
export function githubRelease(text: string, leaf: string): Recognition {
  if (!/^\s*[{[]/.test(text) || !text.includes('"digest"')) return unknown;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unknown;
  }
  const assets = assetsIn(value);
  const named = assets.filter(({ name }) => name === leaf);
  const chosen = named.length > 0 ? named : assets;
  if (chosen.length === 0) return unknown;
  if (chosen.length > 1) return refused(`The release has ${chosen.length} assets, and none alone is called ${leaf}.`);
  const [{ name, digest, size }] = chosen as [Asset];
  if (typeof digest !== 'string')
    return refused('The asset has no digest: GitHub gives none for files before June 2025.');
  const found = prefixedDigest(digest);
  if (found.kind !== 'expected')
    return found.kind === 'refused' ? found : refused('The digest of the asset is not known here.');
  return expectedOf('GitHub release', found.expected.alternatives, {
    size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null,
    name: typeof name === 'string' ? new TextEncoder().encode(name) : null,
  });
}
