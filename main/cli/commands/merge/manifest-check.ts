/** `merge --verify`: what is not as the manifest says, and the verdict for the whole. */
import path from 'node:path';
import type { BatchView } from '#shared/batch/reader.ts';
import { makeVisible } from '#shared/text/visible.ts';
import { type EntryStatus, entryStatuses, fails, type UnlistedPolicy } from '#shared/verify/statuses.ts';
import { countsText, verdictText } from '#shared/verify/summary.ts';
import { nameBytes, shownName } from '../../../base/raw-names.ts';
import { type Expected, readExpected } from '../../../tasks/merge/expected.ts';
import { HeldAgainst, type Verdict } from '../../../tasks/merge/held-against.ts';
import { rootPrefix } from '../../../tasks/plan/entries.ts';
import { FailedAttempt } from '../../errors.ts';
import { readBytes } from '../../input/streams.ts';
import type { World } from '../../world.ts';

const statusColumns = 15;
const linesAtOnce = 1_000;

export interface CheckOptions {
  readonly root?: string;
  readonly unlisted: UnlistedPolicy;
}

export class ManifestCheck {
  readonly #expected: Expected;
  readonly #against: HeldAgainst;
  readonly #shown: string;
  readonly #unlisted: UnlistedPolicy;
  readonly #world: World;
  readonly #counts = Object.fromEntries(entryStatuses.map((status) => [status, 0])) as Record<EntryStatus, number>;
  #lines: string[] = [];

  private constructor(expected: Expected, shown: string, unlisted: UnlistedPolicy, world: World) {
    this.#expected = expected;
    this.#shown = shown;
    this.#unlisted = unlisted;
    this.#world = world;
    this.#against = new HeldAgainst(expected.sorted(), (verdict) => this.#judged(verdict));
  }

  /** `manifest` in the form of `nameText`. Rejects with FailedAttempt. */
  static async open(
    manifest: string,
    { root, unlisted }: CheckOptions,
    folder: string,
    world: World,
  ): Promise<ManifestCheck> {
    const shown = shownName(nameBytes(manifest));
    const prefix = root === undefined ? new Uint8Array(0) : rootPrefix(nameBytes(root));
    try {
      const expected = await readExpected(readBytes(manifest, world), path.basename(manifest), prefix, folder);
      const check = new ManifestCheck(expected, shown, unlisted, world);
      await check.#against.begin();
      return check;
    } catch (error) {
      throw new FailedAttempt(`cannot read the manifest ${shown}`, error);
    }
  }

  take(batch: BatchView, index: number): Promise<void> | undefined {
    const taken = this.#against.take(batch, index);
    if (this.#lines.length < linesAtOnce) return taken;
    return Promise.resolve(taken).then(() => this.#say());
  }

  /** Writes the verdict; resolves to whether all is as the manifest says. */
  async end(): Promise<boolean> {
    await this.#against.end();
    const { malformed, firstMalformed, entries } = this.#expected;
    this.#counts.malformed = malformed;
    for (const line of firstMalformed)
      this.#lines.push(`${'malformed'.padEnd(statusColumns)}${this.#shown}, line ${line}\n`);
    const counts = this.#counts;
    // A manifest of which nothing could be checked is a failure, never a success.
    const reasons =
      entries === 0 ? [`${this.#shown} names no file`] : counts.ok > 0 ? [] : ['no file is as its manifest says'];
    const failed = entryStatuses.some((status) => counts[status] > 0 && fails(status, this.#unlisted));
    const verdict = failed || reasons.length > 0 ? 'failed' : 'ok';
    this.#lines.push(`Summary: ${countsText(counts)}\n`);
    this.#lines.push(`${makeVisible(verdictText({ verdict, counts, reasons, required: [] }))}\n`);
    await this.#say();
    return verdict === 'ok';
  }

  close(): Promise<void> {
    return this.#expected.remove();
  }

  #judged({ status, name, detail }: Verdict): void {
    if (status === 'unlisted' && this.#unlisted === 'ignore') return;
    this.#counts[status]++;
    if (status === 'ok') return;
    const more = detail === '' ? '' : `: ${detail}`;
    this.#lines.push(`${status.padEnd(statusColumns)}${shownName(name)}${more}\n`);
  }

  async #say(): Promise<void> {
    const lines = this.#lines;
    this.#lines = [];
    await this.#world.output.write(new TextEncoder().encode(lines.join('')));
  }
}
