/** Validates an OCFL 1.0 or 1.1 object: structure, inventories against each other, and every digest. */
import type { Tree, TreeEntry } from '../tree.ts';
import type { OcflFinding, OcflReport } from './findings.ts';
import { type Inventory, parseInventory, versionName } from './inventory.ts';

export interface OcflResult {
  /** No finding's code begins with E. */
  readonly valid: boolean;
  readonly findings: readonly OcflFinding[];
  /** Fixity algorithms that could not be checked, by their name in the inventory. */
  readonly unchecked: readonly string[];
}

const maxInventoryBytes = 1 << 30;
/** Hashlane's names by OCFL's. */
const algorithmNames: Readonly<Record<string, string>> = {
  md5: 'md5',
  sha1: 'sha1',
  sha256: 'sha256',
  sha512: 'sha512',
  'sha512/256': 'sha512-256',
  'blake2b-512': 'blake2b',
};
const registeredExtension = /^00(0[1-9]|1[01])-[a-z0-9-]+$/;

interface Expected {
  readonly code: 'E092' | 'E093';
  readonly digest: string;
  readonly source: string;
}

/** Rejects when the folder cannot be listed; all else is a finding, each code and path once. */
export async function validateObject(tree: Tree): Promise<OcflResult> {
  const findings = new Map<string, OcflFinding>();
  const report: OcflReport = (code, detail, path) => {
    const finding = { code, detail, ...(path === undefined ? {} : { path }) };
    findings.set(JSON.stringify(finding), finding);
  };
  const entries = new Map<string, TreeEntry>();
  for await (const entry of tree.list()) entries.set(entry.path, entry);
  for (const { path, kind, exact } of entries.values()) {
    if (kind === 'other') report('E090', 'neither file nor folder', path);
    if (!exact) report('E092', 'a name that is not UTF-8 and cannot be checked', path);
  }
  await checkDeclaration(tree, entries, report);
  const root = await readInventory(tree, entries, '', report);
  if (root === null) return finish(findings, []);

  const versions = checkStructure(entries, root, report);
  const inventories: { readonly folder: string; readonly inventory: Inventory }[] = [{ folder: '', inventory: root }];
  for (const folder of versions) {
    if (!entries.has(`${folder}/inventory.json`)) {
      report('W010', 'a version without an inventory', folder);
      continue;
    }
    const where: OcflReport = (code, detail, path) => report(code, detail, path ?? `${folder}/inventory.json`);
    const inventory = await readInventory(tree, entries, folder, where);
    if (folder === root.head && !(await sameBytes(tree, 'inventory.json', `${folder}/inventory.json`)))
      where('E064', 'differs from the inventory of the object');
    if (inventory === null) continue;
    compareInventories(folder, inventory, root, where);
    inventories.push({ folder, inventory });
  }
  checkTypes(inventories, report);
  checkContent(entries, inventories, report);
  const unchecked = await checkDigests(tree, entries, inventories, report);
  return finish(findings, unchecked);
}

function finish(findings: ReadonlyMap<string, OcflFinding>, unchecked: readonly string[]): OcflResult {
  const list = [...findings.values()];
  return { valid: !list.some(({ code }) => code.startsWith('E')), findings: list, unchecked };
}

async function checkDeclaration(
  tree: Tree,
  entries: ReadonlyMap<string, TreeEntry>,
  report: OcflReport,
): Promise<void> {
  const names = [...entries.keys()].filter((path) => /^0=ocfl_object_1\.[01]$/.test(path));
  if (names.length !== 1) {
    report('E003', names.length === 0 ? 'no declaration' : 'more than one declaration');
    return;
  }
  const text = new TextDecoder().decode(await tree.read(names[0]!, 4096));
  if (text !== `${names[0]!.slice(2)}\n`) report('E007', 'the declaration does not hold its own name', names[0]);
}

async function sameBytes(tree: Tree, left: string, right: string): Promise<boolean> {
  const [a, b] = await Promise.all([tree.read(left, maxInventoryBytes), tree.read(right, maxInventoryBytes)]);
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

async function readInventory(
  tree: Tree,
  entries: ReadonlyMap<string, TreeEntry>,
  folder: string,
  report: OcflReport,
): Promise<Inventory | null> {
  const path = folder === '' ? 'inventory.json' : `${folder}/inventory.json`;
  if (entries.get(path)?.kind !== 'file') {
    report('E063', 'no inventory', path);
    return null;
  }
  const inventory = parseInventory(await tree.read(path, maxInventoryBytes), report);
  if (inventory === null || !['sha256', 'sha512'].includes(inventory.algorithm)) return inventory;
  const sidecar = `${path}.${inventory.algorithm}`;
  if (entries.get(sidecar)?.kind !== 'file') {
    report('E058', 'no sidecar', sidecar);
    return inventory;
  }
  const parts = /^([0-9A-Fa-f]+)[ \t]+inventory\.json\r?\n?$/.exec(
    new TextDecoder().decode(await tree.read(sidecar, 4096)),
  );
  if (parts === null) report('E061', 'not a digest and the name of the inventory', sidecar);
  else
    for await (const file of tree.digest([path], [inventory.algorithm]))
      if (file.digests[inventory.algorithm] !== parts[1]!.toLowerCase())
        report('E060', 'the inventory has another digest', path);
  return inventory;
}

/** The folders of versions, in order. */
function checkStructure(entries: ReadonlyMap<string, TreeEntry>, root: Inventory, report: OcflReport): string[] {
  const versions: string[] = [];
  const filled = new Set([...entries.keys()].map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))));
  for (const { path, kind } of entries.values()) {
    const parts = path.split('/');
    if (parts.length === 1) {
      const isFile = /^(0=ocfl_object_1\.[01]|inventory\.json|inventory\.json\.sha(256|512))$/.test(path);
      if (kind === 'folder' && versionName.test(path)) {
        versions.push(path);
        if (!root.versions.has(path)) report('E046', 'a version that the inventory does not have', path);
      } else if (!(kind === 'folder' && (path === 'logs' || path === 'extensions')) && !(kind === 'file' && isFile))
        report('E001', 'not part of an object', path);
    } else if (parts[0] === 'extensions' && parts.length === 2) {
      if (kind !== 'folder') report('E067', 'a file in extensions', path);
      else if (!registeredExtension.test(parts[1]!)) report('W013', 'not a registered extension', path);
    } else if (versionName.test(parts[0]!) && parts.length === 2) {
      if (kind === 'folder' && parts[1] !== root.contentDirectory) report('W002', 'a folder besides the content', path);
      else if (kind !== 'folder' && !/^inventory\.json(\.sha(256|512))?$/.test(parts[1]!))
        report('E015', 'a file outside the content', path);
    }
    if (kind === 'folder' && parts.length > 2 && parts[1] === root.contentDirectory && versionName.test(parts[0]!))
      if (!filled.has(path)) report('E024', 'an empty folder', path);
  }
  for (const version of root.versions.keys())
    if (!versions.includes(version)) report('E010', 'a version without a folder', version);
  return versions.sort((a, b) => Number(versionName.exec(a)![2]) - Number(versionName.exec(b)![2]));
}

/** Logical paths with the content that they stand for. */
function contentOf(inventory: Inventory, version: string): Map<string, { digest: string; content: readonly string[] }> {
  const result = new Map<string, { digest: string; content: readonly string[] }>();
  for (const [digest, paths] of inventory.versions.get(version)?.state ?? [])
    for (const path of paths)
      result.set(path, { digest: digest.toLowerCase(), content: inventory.manifest.get(digest) ?? [] });
  return result;
}

function compareInventories(folder: string, own: Inventory, root: Inventory, report: OcflReport): void {
  if (own.id !== root.id) report('E037', `another id: ${own.id}`);
  if (own.head !== folder) report('E040', `head is ${own.head}`);
  if (own.contentDirectory !== root.contentDirectory)
    report('E019', `another contentDirectory: ${own.contentDirectory}`);
  for (const [version, { created, message, user }] of own.versions) {
    const other = root.versions.get(version);
    if (other === undefined) {
      report('E066', `version ${version} is not in the inventory of the object`);
      continue;
    }
    if (
      created !== other.created ||
      message !== other.message ||
      user?.name !== other.user?.name ||
      user?.address !== other.user?.address
    )
      report('W011', `version ${version} is described otherwise`);
    const [ours, theirs] = [contentOf(own, version), contentOf(root, version)];
    const same = [...ours].every(([path, { digest, content }]) => {
      const match = theirs.get(path);
      if (match === undefined) return false;
      return own.algorithm === root.algorithm
        ? match.digest === digest
        : content.some((name) => match.content.includes(name));
    });
    if (!same || ours.size !== theirs.size)
      report('E066', `the state of ${version} differs from the inventory of the object`);
  }
}

/** A version's inventory is never of an earlier specification than the one before. */
function checkTypes(
  inventories: readonly { readonly folder: string; readonly inventory: Inventory }[],
  report: OcflReport,
): void {
  const [root, ...versions] = inventories;
  let before = '';
  for (const { folder, inventory } of [...versions, root!]) {
    if (inventory.type < before)
      report('E103', 'an earlier specification than the version before', folder === '' ? 'inventory.json' : folder);
    before = inventory.type;
  }
}

/** Every content file of a version is in the manifest of its inventory, and of all that follow. */
function checkContent(
  entries: ReadonlyMap<string, TreeEntry>,
  inventories: readonly { readonly folder: string; readonly inventory: Inventory }[],
  report: OcflReport,
): void {
  for (const { folder, inventory } of inventories) {
    const listed = new Set([...inventory.manifest.values()].flat());
    const last = Number(versionName.exec(folder === '' ? inventory.head : folder)?.[2] ?? Number.POSITIVE_INFINITY);
    for (const { path, kind } of entries.values()) {
      const parts = path.split('/');
      const version = versionName.exec(parts[0]!);
      if (kind === 'folder' || version === null || parts[1] !== inventory.contentDirectory || Number(version[2]) > last)
        continue;
      if (parts.length > 2 && !listed.has(path))
        report('E023', `not in the manifest of ${folder === '' ? 'the object' : folder}`, path);
    }
  }
}

async function checkDigests(
  tree: Tree,
  entries: ReadonlyMap<string, TreeEntry>,
  inventories: readonly { readonly folder: string; readonly inventory: Inventory }[],
  report: OcflReport,
): Promise<string[]> {
  const expected = new Map<string, Map<string, Expected[]>>();
  const unchecked = new Set<string>();
  const expect = (
    algorithm: string,
    digest: string,
    paths: readonly string[],
    code: Expected['code'],
    source: string,
  ): void => {
    const name = algorithmNames[algorithm];
    for (const path of paths) {
      if (path.split('/').some((part) => part === '..' || part === '.' || part === '')) continue;
      if (entries.get(path)?.kind !== 'file') report(code, `listed in ${source} and not there`, path);
      else if (name === undefined) unchecked.add(algorithm);
      else {
        const ofFile = expected.get(path) ?? new Map<string, Expected[]>();
        expected.set(
          path,
          ofFile.set(name, [...(ofFile.get(name) ?? []), { code, digest: digest.toLowerCase(), source }]),
        );
      }
    }
  };
  for (const { folder, inventory } of inventories) {
    const source = folder === '' ? 'inventory.json' : `${folder}/inventory.json`;
    for (const [digest, paths] of inventory.manifest) expect(inventory.algorithm, digest, paths, 'E092', source);
    for (const [algorithm, block] of inventory.fixity)
      for (const [digest, paths] of block) expect(algorithm, digest, paths, 'E093', source);
  }
  const groups = new Map<string, string[]>();
  for (const [path, byAlgorithm] of expected) {
    const key = [...byAlgorithm.keys()].sort().join(',');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [path]);
    else group.push(path);
  }
  for (const [key, paths] of groups) {
    const open = new Set(paths);
    for await (const { path, status, digests } of tree.digest(paths, key.split(','))) {
      open.delete(path);
      for (const [algorithm, list] of expected.get(path) ?? [])
        for (const { code, digest, source } of list)
          if (status !== 'ok') report(code, `could not be read as a whole: ${status}`, path);
          else if (digests[algorithm] !== digest) report(code, `${algorithm} is not what ${source} says`, path);
    }
    for (const path of open) report('E092', 'was not read', path);
  }
  return [...unchecked];
}
