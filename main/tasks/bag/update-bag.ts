/** Brings a bag's manifests up to its payload, and adds algorithms, with one read of every file. */
import type { BagInfoField } from '#shared/manifests/bagit/bag-info.ts';
import { checkCompleteness } from '#shared/manifests/bagit/completeness.ts';
import { BagError, checkBagAlgorithms, payloadTagFiles, tagManifests } from '#shared/manifests/bagit/create.ts';
import type { BagFinding } from '#shared/manifests/bagit/findings.ts';
import { readBag } from '#shared/manifests/bagit/read-bag.ts';
import type { DigestFiles } from '#shared/manifests/tree.ts';
import { NodeTree } from '../tree/node-tree.ts';
import { commit, recover, stage } from './commit.ts';
import { digestAll } from './payload.ts';

export interface UpdateBagOptions {
  /** Added to those the bag has. */
  readonly addAlgorithms: readonly string[];
  /** Replace the fields of the same label; others stay. */
  readonly info: readonly BagInfoField[];
  /** Files without an entry become payload; entries without a file go. Refused unless accepted. */
  readonly accept: { readonly added: boolean; readonly removed: boolean };
  readonly digestFiles: DigestFiles;
}

export interface UpdatedBag {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly algorithms: readonly string[];
}

export class BagNotUpdatedError extends BagError {
  readonly findings: readonly BagFinding[];
  constructor(findings: readonly BagFinding[]) {
    super('not-valid', `the bag is not valid: ${findings.length} findings`);
    this.findings = findings;
  }
}

/** What the update itself mends. */
const mended = new Set(['unlisted', 'missing', 'oxum-mismatch', 'not-in-every-manifest']);

/**
 * Every listed file is held against its present digests in the same read that computes the new ones:
 * a file that fails is never given a new digest. Throws BagNotUpdatedError, and nothing is changed.
 */
export async function updateBag(root: string, options: UpdateBagOptions): Promise<UpdatedBag> {
  await recover(root);
  const findings: BagFinding[] = [];
  const tree = new NodeTree(root, options.digestFiles);
  const bag = await readBag(tree, true, (finding) => findings.push(finding));
  if (!bag.listing.entries.has('bagit.txt')) throw new BagError('not-a-bag', 'the folder has no bagit.txt');
  const { expected } = checkCompleteness(bag, (finding) => findings.push(finding));
  const removed = findings.filter(({ code }) => code === 'missing').map(({ path }) => path!);
  const added = findings.filter(({ code }) => code === 'unlisted').map(({ path }) => path!);
  const refused = findings.filter(
    ({ code, severity, path }) =>
      severity === 'error' &&
      (!mended.has(code) ||
        (code === 'unlisted' && (!options.accept.added || bag.listing.entries.get(path!)?.kind !== 'file')) ||
        (code === 'missing' && (!options.accept.removed || !path?.startsWith('data/')))),
  );

  const entries = [...bag.listing.entries.values()];
  const payload = entries
    .filter(({ path, kind }) => kind === 'file' && path.startsWith('data/'))
    .map(({ path }) => path);
  const old = [...new Set(bag.manifests.filter(({ kind }) => kind === 'manifest').map(({ algorithm }) => algorithm))];
  const algorithms = [...new Set([...old, ...checkBagAlgorithms(options.addAlgorithms)])];
  const oldTags = entries
    .filter(({ path, kind }) => kind === 'file' && !path.startsWith('data/'))
    .map(({ path }) => path);
  const needed = [...new Set([...algorithms, ...bag.manifests.map(({ algorithm }) => algorithm)])];
  const digests = await digestAll(tree, [...payload, ...oldTags], needed);
  for (const [path, expectations] of expected)
    for (const { algorithm, digest, source, line } of expectations) {
      const actual = digests.get(path)?.digests[algorithm] ?? '';
      if (actual !== digest)
        refused.push({ code: 'changed', severity: 'error', path, source, line, algorithm, expected: digest, actual });
    }
  if (refused.length > 0) throw new BagNotUpdatedError(refused);

  const labels = new Set(options.info.map(({ label }) => label.toLowerCase()));
  const info = [...bag.info.filter(({ label }) => !labels.has(label.toLowerCase())), ...options.info];
  const tagFiles = payloadTagFiles(
    payload.map((path) => digests.get(path)!),
    algorithms,
    info,
  );
  const staging = await stage(root, tagFiles);
  const written = await digestAll(
    new NodeTree(staging, options.digestFiles),
    tagFiles.map(({ name }) => name),
    algorithms,
  );
  const oldManifests = new Set(bag.manifests.map(({ file }) => file));
  const kept = oldTags.filter((path) => !written.has(path) && !oldManifests.has(path) && path !== 'package-info.txt');
  const last = tagManifests([...written.values(), ...kept.map((path) => digests.get(path)!)], algorithms);
  await stage(root, last);
  const place = [...tagFiles, ...last].map(({ name }) => name);
  const remove = [...oldManifests, 'package-info.txt'].filter(
    (path) => !place.includes(path) && bag.listing.entries.has(path),
  );
  await commit(root, [], place, remove);
  return { added, removed, algorithms };
}
