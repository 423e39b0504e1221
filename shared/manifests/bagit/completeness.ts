/** Which files a bag's manifests list, against those that are there. */
import type { Report } from './findings.ts';
import { whyUnsafe } from './names.ts';
import type { Bag, BagManifest } from './read-bag.ts';

/** What systems leave in folders and take away again; their absence is told, but breaks no bag. */
const systemFile = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$/i;

export interface Expectation {
  readonly algorithm: string;
  readonly digest: string;
  readonly source: string;
  readonly line: number;
}

export interface Completeness {
  /** Files that are there and listed, with all that is said of them. */
  readonly expected: ReadonlyMap<string, readonly Expectation[]>;
  /** Listed in fetch.txt and not there yet. */
  readonly toFetch: ReadonlySet<string>;
  /** Absent system files. */
  readonly excused: ReadonlySet<string>;
}

export function checkCompleteness(bag: Bag, report: Report): Completeness {
  const { listing, declaration, manifests } = bag;
  const strict = declaration.version === '1.0';
  const expected = new Map<string, Expectation[]>();
  const missing = new Map<string, string>();
  const excused = new Set<string>();
  const toFetch = new Set<string>();

  for (const { name, line } of bag.fetch) {
    const found = listing.find(name.replace(/^\.\//, ''), declaration.version);
    const why = whyUnsafe(found.path) ?? (found.path.startsWith('data/') ? null : 'not in data/');
    if (why !== null)
      report({ code: 'name-unsafe', severity: 'error', path: name, source: 'fetch.txt', line, detail: why });
    else if (found.entry === undefined) toFetch.add(found.path);
  }

  const take = (manifest: BagManifest): Map<string, Expectation> => {
    const here = new Map<string, Expectation>();
    for (const { name, digest, line, marker } of manifest.lines) {
      const at = { source: manifest.file, line };
      const { entry, path, tolerated } = listing.find(name, declaration.version);
      const inData = path.startsWith('data/') === (manifest.kind === 'manifest');
      const why = whyUnsafe(path) ?? (inData ? null : manifest.kind === 'manifest' ? 'not in data/' : 'in data/');
      if (why !== null) {
        report({ code: 'name-unsafe', severity: 'error', path: name, ...at, detail: why });
        continue;
      }
      if (marker !== '') report({ code: 'name-marker', severity: 'warning', path: name, ...at, detail: marker });
      if (tolerated !== null) report({ code: tolerated, severity: 'warning', path: name, ...at, detail: path });
      const before = here.get(path);
      if (before !== undefined) {
        const same = before.digest === digest;
        const severity = strict || !same ? 'error' : 'warning';
        report({ code: same ? 'entry-twice' : 'entry-twice-different', severity, path, ...at });
        continue;
      }
      here.set(path, { algorithm: manifest.algorithm, digest, ...at });
      if (entry === undefined) missing.set(path, manifest.file);
      else if (entry.kind !== 'file') report({ code: 'not-a-file', severity: 'error', path, ...at });
    }
    for (const [path, expectation] of here) {
      if (listing.entries.get(path)?.kind !== 'file') continue;
      const all = expected.get(path);
      if (all === undefined) expected.set(path, [expectation]);
      else all.push(expectation);
    }
    return here;
  };

  const payload = manifests
    .filter(({ kind }) => kind === 'manifest')
    .map((manifest) => ({ manifest, names: take(manifest) }));
  for (const manifest of manifests) if (manifest.kind === 'tagmanifest') take(manifest);

  for (const [path, source] of missing) {
    if (toFetch.has(path)) continue;
    if (systemFile.test(path)) excused.add(path);
    const code = excused.has(path) ? 'system-file-missing' : 'missing';
    report({ code, severity: code === 'missing' ? 'error' : 'warning', path, source });
  }
  for (const path of toFetch) report({ code: 'to-fetch', severity: 'error', path, source: 'fetch.txt' });

  for (const [path, entry] of listing.entries) {
    if (!entry.exact) report({ code: 'name-not-utf8', severity: 'error', path });
    if (!path.startsWith('data/') || entry.kind === 'folder' || !entry.exact) continue;
    const lists = payload.filter(({ names }) => names.has(path));
    if (lists.length === 0) report({ code: 'unlisted', severity: 'error', path });
  }
  if (strict && payload.length > 1) {
    const all = new Set(payload.flatMap(({ names }) => [...names.keys()]));
    for (const path of all)
      for (const { manifest, names } of payload)
        if (!names.has(path)) report({ code: 'not-in-every-manifest', severity: 'error', path, source: manifest.file });
  }
  return { expected, toFetch, excused };
}
