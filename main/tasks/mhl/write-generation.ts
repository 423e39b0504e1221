/** Puts a generation into an ascmhl folder, so that a crash leaves a whole history or one that can be completed. */
import { lstat, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { chainName } from '#shared/manifests/ascmhl/history.ts';
import { parseChain } from '#shared/manifests/ascmhl/parse-manifest.ts';
import { c4Of } from './hash-bytes.ts';

const chainDraft = `.${chainName}.tmp`;

/** Both files are written whole beside their places before the first of them is put there. */
export async function writeGeneration(
  folder: string,
  name: string,
  manifest: Uint8Array,
  chain: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  // A link would lead the manifest out of the folder.
  if (!(await lstat(folder)).isDirectory())
    throw Object.assign(new Error(`not a folder: ${folder}`), { code: 'ENOTDIR' });
  const drafts = [`.${name}.tmp`, chainDraft].map((draft) => path.join(folder, draft));
  try {
    for (const [index, contents] of [manifest, chain].entries()) {
      await rm(drafts[index]!, { force: true });
      const file = await open(drafts[index]!, 'wx');
      try {
        await file.writeFile(contents);
        await file.sync();
      } finally {
        await file.close();
      }
    }
  } catch (error) {
    for (const draft of drafts) await rm(draft, { force: true });
    throw error;
  }
  await rename(drafts[0]!, path.join(folder, name));
  await rename(drafts[1]!, path.join(folder, chainName));
}

/**
 * Completes a generation whose manifest is in place and whose chain is not: true when it was. The
 * draft must be the chain as it is, one manifest longer, and that manifest must be the one it names.
 */
export async function completeGeneration(folder: string): Promise<boolean> {
  try {
    const draft = parseChain(await readFile(path.join(folder, chainDraft)));
    const before = await readFile(path.join(folder, chainName)).catch(() => null);
    const chain = before === null ? [] : parseChain(before);
    const last = draft.at(-1);
    const grows = draft.length === chain.length + 1 && chain.every((entry, at) => same(entry, draft[at]!));
    if (last === undefined || !grows || last.path.includes('/')) return false;
    if (c4Of(await readFile(path.join(folder, last.path))) !== last.c4) return false;
    await rename(path.join(folder, chainDraft), path.join(folder, chainName));
    return true;
  } catch {
    // Without a sound draft the history stays as it is, and its problem is told.
    return false;
  }
}

function same(
  a: { path: string; c4: string; sequence: number },
  b: { path: string; c4: string; sequence: number },
): boolean {
  return a.path === b.path && a.c4 === b.c4 && a.sequence === b.sequence;
}
