/** One inventory.json: its model, and what is wrong with it by itself. */
import type { OcflReport } from './findings.ts';

/** Paths by digest, as written. */
export type PathsByDigest = ReadonlyMap<string, readonly string[]>;

export interface OcflVersion {
  readonly created: string;
  readonly message?: string;
  readonly user?: { readonly name: string; readonly address?: string };
  readonly state: PathsByDigest;
}

export interface Inventory {
  readonly id: string;
  readonly type: string;
  readonly algorithm: string;
  readonly head: string;
  readonly contentDirectory: string;
  readonly manifest: PathsByDigest;
  readonly versions: ReadonlyMap<string, OcflVersion>;
  readonly fixity: ReadonlyMap<string, PathsByDigest>;
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const uri = /^[A-Za-z][A-Za-z0-9+.-]*:.+/;
const dateTime = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
/** Digest lengths in hex, of the algorithms whose digests can be checked. */
const digits: Readonly<Record<string, number>> = { sha256: 64, sha512: 128 };
/** Versions with and without padding; no version is 0. */
export const versionName = /^v(0*)([1-9]\d*)$/;

function pathsByDigest(value: unknown, bad: (detail: string) => void): Map<string, string[]> {
  const result = new Map<string, string[]>();
  if (!isObject(value)) bad('not an object');
  else
    for (const [digest, paths] of Object.entries(value)) {
      if (Array.isArray(paths) && paths.every((path) => typeof path === 'string')) result.set(digest, paths);
      else bad(`not a list of paths: ${digest}`);
    }
  return result;
}

/** Empty, `.` and `..` segments get `segment`, a slash at either end gets `slash`. */
function checkPaths(paths: readonly string[], slash: string, segment: string, report: OcflReport): void {
  for (const path of paths) {
    if (path.startsWith('/') || path.endsWith('/')) report(slash, 'a path begins or ends with a slash', path);
    if (path.split('/').some((part) => part === '' || part === '.' || part === '..'))
      report(segment, 'a path holds an empty segment, . or ..', path);
  }
}

/** Every path once, and none a folder of another. */
function checkUnique(paths: readonly string[], code: string, report: OcflReport): void {
  const all = new Set<string>();
  for (const path of paths) {
    if (all.has(path)) report(code, 'a path stands twice', path);
    all.add(path);
  }
  for (const path of all)
    for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1))
      if (all.has(path.slice(0, cut))) report(code, 'a path is a folder of another', path.slice(0, cut));
}

function checkDigests(paths: PathsByDigest, code: string, report: OcflReport): void {
  const seen = new Set<string>();
  for (const digest of paths.keys()) {
    const lower = digest.toLowerCase();
    if (seen.has(lower)) report(code, `a digest stands twice: ${digest}`);
    seen.add(lower);
  }
}

function parseVersion(name: string, value: unknown, manifest: PathsByDigest, report: OcflReport): OcflVersion {
  const block = isObject(value) ? value : {};
  if (!isObject(value)) report('E047', `version ${name} is no object`);
  const { created, message, user } = block;
  if (created === undefined) report('E048', `version ${name} has no created`);
  else if (typeof created !== 'string' || !dateTime.test(created))
    report('E049', `version ${name}: created is no date and time with a zone`);
  if (block.state === undefined) report('E048', `version ${name} has no state`);
  const state =
    block.state === undefined
      ? new Map()
      : pathsByDigest(block.state, (detail) => report('E050', `state of ${name}: ${detail}`));
  const paths = [...state.values()].flat() as string[];
  checkPaths(paths, 'E053', 'E052', report);
  checkUnique(paths, 'E095', report);
  for (const digest of state.keys())
    if (!manifest.has(digest)) report('E050', `state of ${name} holds a digest that is not in the manifest: ${digest}`);
  if (message !== undefined && typeof message !== 'string') report('E094', `version ${name}: message is no text`);
  if (message === undefined || user === undefined) report('W007', `version ${name} has no message or no user`);
  const person = isObject(user) ? user : {};
  if (user !== undefined && typeof person.name !== 'string') report('E054', `version ${name}: user has no name`);
  else if (user !== undefined && person.address === undefined) report('W008', `version ${name}: user has no address`);
  else if (user !== undefined && !uri.test(String(person.address)))
    report('W009', `version ${name}: the user's address is no URI`);
  return {
    created: String(created),
    state,
    ...(typeof message === 'string' ? { message } : {}),
    ...(typeof person.name === 'string'
      ? { user: { name: person.name, ...(typeof person.address === 'string' ? { address: person.address } : {}) } }
      : {}),
  };
}

function checkVersionNames(names: readonly string[], head: unknown, report: OcflReport): void {
  if (names.length === 0) report('E008', 'no versions');
  const parsed = names.map((name) => ({ name, parts: versionName.exec(name) }));
  for (const { name, parts } of parsed) if (parts === null) report('E046', `not a version: ${name}`);
  const numbers = parsed
    .map(({ parts }) => Number(parts?.[2] ?? 0))
    .filter((number) => number > 0)
    .sort((a, b) => a - b);
  for (const [at, number] of numbers.entries())
    if (number !== at + 1) {
      report(at === 0 ? 'E009' : 'E010', `version ${at + 1} is not there`);
      break;
    }
  const padded = [...names, ...(typeof head === 'string' ? [head] : [])].filter((name) => /^v0/.test(name));
  if (padded.length > 0) {
    const widths = new Set([...names, ...(typeof head === 'string' ? [head] : [])].map((name) => name.length));
    if (widths.size > 1 || padded.length < names.length) {
      report('E011', 'versions with and without padding');
      report('E013', 'the padding of versions differs');
    } else report('W001', 'versions are padded with zeros');
  }
  if (typeof head !== 'string') return;
  const last = numbers.at(-1);
  if (!names.includes(head) || Number(versionName.exec(head)?.[2]) !== last)
    report('E040', `head ${head} is not the last version`);
}

/** Reports what is wrong; null when it is no inventory at all. */
export function parseInventory(bytes: Uint8Array, report: OcflReport): Inventory | null {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    report('E033', `not JSON: ${String(error)}`);
    return null;
  }
  if (!isObject(json)) {
    report('E034', 'not an inventory');
    return null;
  }
  const { id, type, digestAlgorithm, head, contentDirectory = 'content' } = json;
  for (const [name, value] of Object.entries({ id, type, digestAlgorithm, head }))
    if (value === undefined || value === '') report('E036', `${name} is not there`);
  if (id !== undefined && typeof id !== 'string') report('E037', 'id is no text');
  else if (id && !uri.test(String(id))) report('W005', 'id is no URI');
  if (type !== undefined && !/^https:\/\/ocfl\.io\/1\.[01]\/spec\/#inventory$/.test(String(type)))
    report('E038', `not a type: ${String(type)}`);
  if (head !== undefined && (typeof head !== 'string' || !versionName.test(head))) report('E040', 'head is no version');
  const algorithm = String(digestAlgorithm);
  if (digestAlgorithm !== undefined && !Object.hasOwn(digits, algorithm))
    report('E025', `not sha512 or sha256: ${algorithm}`);
  if (algorithm === 'sha256') report('W004', 'sha256 instead of sha512');
  if (typeof contentDirectory !== 'string' || contentDirectory.includes('/') || contentDirectory === '')
    report('E017', 'contentDirectory is no name');
  else if (contentDirectory === '.' || contentDirectory === '..') report('E018', 'contentDirectory is . or ..');

  if (json.manifest === undefined) report('E041', 'no manifest');
  const manifest =
    json.manifest === undefined
      ? new Map<string, string[]>()
      : pathsByDigest(json.manifest, (detail) => report('E041', `manifest: ${detail}`));
  checkDigests(manifest, 'E096', report);
  const content = [...manifest.values()].flat();
  checkPaths(content, 'E100', 'E099', report);
  checkUnique(content, 'E101', report);
  if (json.versions === undefined) report('E043', 'no versions block');
  else if (!isObject(json.versions)) report('E044', 'versions is no object');
  const blocks = isObject(json.versions) ? Object.entries(json.versions) : [];
  if (json.versions !== undefined)
    checkVersionNames(
      blocks.map(([name]) => name),
      head,
      report,
    );
  const versions = new Map(blocks.map(([name, block]) => [name, parseVersion(name, block, manifest, report)]));
  const used = new Set([...versions.values()].flatMap(({ state }) => [...state.keys()]));
  for (const digest of manifest.keys()) if (!used.has(digest)) report('E107', `no version uses ${digest}`);

  const fixity = new Map<string, PathsByDigest>();
  if (json.fixity !== undefined && !isObject(json.fixity)) report('E111', 'fixity is no object');
  for (const [name, block] of Object.entries(isObject(json.fixity) ? json.fixity : {})) {
    const paths = pathsByDigest(block, (detail) => report('E057', `fixity ${name}: ${detail}`));
    checkDigests(paths, 'E097', report);
    checkPaths([...paths.values()].flat(), 'E100', 'E099', report);
    fixity.set(name, paths);
  }
  return {
    id: String(id),
    type: String(type),
    algorithm,
    head: String(head),
    contentDirectory: String(contentDirectory),
    manifest,
    versions,
    fixity,
  };
}
