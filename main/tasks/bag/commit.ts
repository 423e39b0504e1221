/**
 * Changes a folder into a bag, or a bag's tag files, so that a crash leaves it as it was or lets it go
 * on: everything new lies in a staging folder, then the plan is put beside it, and only then is
 * anything moved. Every step of the plan may be repeated.
 */
import { mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { BagError, type TagFile } from '#shared/manifests/bagit/create.ts';

/** In the bag's root, while a bag is being made. */
const stagingName = '.hashlane-bag';
const planName = 'plan.json';
/** Files that are there before a plan is. */
const staged = /^(bagit|bag-info|(tag)?manifest-[a-z0-9]+)\.txt$|^plan\.json\.new$/;

interface Plan {
  readonly version: 1;
  /** Names in the root that become payload, moved into data/. */
  readonly move: readonly string[];
  /** Tag files, moved from the staging folder into the root in this order. */
  readonly place: readonly string[];
  /** Tag files that the bag has no longer. */
  readonly remove: readonly string[];
}

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A folder's names are on the disk; where the system cannot sync a folder it keeps them itself. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Writes `tagFiles` into the staging folder, which must be absent, and returns it. */
export async function stage(root: string, tagFiles: readonly TagFile[]): Promise<string> {
  const staging = path.join(root, stagingName);
  await mkdir(staging, { recursive: true });
  for (const { name, text } of tagFiles) await writeSynced(path.join(staging, name), text);
  return staging;
}

/** Puts the plan in place, from where there is no way back, and carries it out. */
export async function commit(
  root: string,
  move: readonly string[],
  place: readonly string[],
  remove: readonly string[] = [],
): Promise<void> {
  const staging = path.join(root, stagingName);
  const plan: Plan = { version: 1, move, place, remove };
  if (move.length > 0) await mkdir(path.join(staging, 'data'), { recursive: true });
  const draft = path.join(staging, `${planName}.new`);
  await writeSynced(draft, JSON.stringify(plan));
  await rename(draft, path.join(staging, planName));
  await syncFolder(staging);
  await carryOut(root, plan);
}

/**
 * Goes on where a crash stopped: `completed` when a plan was carried out, `discarded` when only a
 * staging folder without a plan was there and was removed, `nothing` otherwise.
 */
export async function recover(root: string): Promise<'completed' | 'discarded' | 'nothing'> {
  const staging = path.join(root, stagingName);
  const text = await readFile(path.join(staging, planName), 'utf8').catch(ignoreAbsent);
  if (text !== null) {
    await carryOut(root, parsePlan(text));
    return 'completed';
  }
  const left = await readdir(staging).catch(ignoreAbsent);
  if (left === null) return 'nothing';
  // Nothing was moved yet: only what staging itself writes may be taken away, or the folder is somebody else's.
  for (const name of left) if (staged.test(name)) await rm(path.join(staging, name));
  if (left.includes('data')) await rmdir(path.join(staging, 'data'));
  await rmdir(staging);
  return 'discarded';
}

function ignoreAbsent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}

/** A plan may come from a stranger's disk: its names must be names of the root and nothing else. */
function parsePlan(text: string): Plan {
  const names = (value: unknown): value is string[] =>
    Array.isArray(value) &&
    value.every(
      (n) => typeof n === 'string' && n !== '' && n !== '.' && n !== '..' && n !== stagingName && !/[/\\\0]/.test(n),
    );
  try {
    const plan = JSON.parse(text) as Plan;
    if (plan.version === 1 && names(plan.move) && names(plan.place) && names(plan.remove)) return plan;
  } catch {
    // Told below: what is no JSON is no plan.
  }
  throw new BagError('plan-malformed', `${stagingName}/${planName} is no plan of a bag`, stagingName);
}

async function carryOut(root: string, plan: Plan): Promise<void> {
  const staging = path.join(root, stagingName);
  const data = path.join(staging, 'data');
  if (plan.move.length > 0) {
    // Once data/ has left the staging folder, all names were in it; before, `data` in the root is payload.
    const folder = await open(data, 'r').catch(ignoreAbsent);
    if (folder !== null) {
      await folder.close();
      for (const name of plan.move) await moveUnlessMoved(path.join(root, name), path.join(data, name));
      await syncFolder(data);
      await rename(data, path.join(root, 'data'));
    }
  }
  for (const name of plan.place) await moveUnlessMoved(path.join(staging, name), path.join(root, name));
  for (const name of plan.remove) await rm(path.join(root, name), { force: true });
  await syncFolder(root);
  await rm(path.join(staging, planName), { force: true });
  await rmdir(staging);
}

async function moveUnlessMoved(from: string, to: string): Promise<void> {
  await rename(from, to).catch(ignoreAbsent);
}
