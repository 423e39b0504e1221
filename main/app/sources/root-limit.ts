/** The folder that a page is limited to: it sees nothing else, whatever it types and wherever links lead. */
import { realpath } from 'node:fs/promises';
import type { JobSpec } from '#shared/contract/kinds/registry.ts';
import type { FolderListing } from '#shared/contract/models.ts';
import { Problem } from '../../base/problem.ts';
import { isPathWithin } from '../../base/within.ts';
import { listFolder, resolveTypedPath } from './folders.ts';

export class RootLimit {
  readonly #root: string;

  /** `root`: absolute and without links. */
  constructor(root: string) {
    this.#root = root;
  }

  /** What the page typed, without links. Throws Problem NOT_FOUND for all that is outside, whether it is there or not. */
  async resolve(typed: string): Promise<string> {
    const whole = await resolveTypedPath(typed);
    const real = await realpath(whole).catch(() => undefined);
    // guard: typed paths below the root
    if (real === undefined || !isPathWithin(real, this.#root)) throw outside(whole);
    return real;
  }

  /** The folder's listing, where only what is inside stands; null: the root's. Throws Problem. */
  async list(typed: string | null): Promise<FolderListing> {
    // guard: listed folders below the root => const folder = typed ?? this.#root;
    const folder = await this.resolve(typed ?? this.#root);
    const listing = await listFolder(folder);
    const inside = await Promise.all(
      listing.folders.map(async ({ path }) => {
        const real = await realpath(path).catch(() => undefined);
        return real !== undefined && isPathWithin(real, this.#root);
      }),
    );
    return {
      ...listing,
      parent: folder === this.#root ? null : listing.parent,
      // guard: links out of the root => folders: listing.folders
      folders: listing.folders.filter((_, index) => inside[index]),
    };
  }

  /** Throws Problem FORBIDDEN for a job that could leave the root. */
  check(spec: JobSpec): void {
    // guard: followed links below the root
    if ('walk' in spec && spec.walk.followSymlinks) {
      throw new Problem('FORBIDDEN', 'This host is limited to one folder: links are not followed.');
    }
  }
}

function outside(path: string): Problem {
  return new Problem('NOT_FOUND', `There is nothing at ${path}, or it lies outside of the folder that is served.`);
}
