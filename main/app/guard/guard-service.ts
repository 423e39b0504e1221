/** Guarded folders for the window: lists them, starts their checks, and accepts files by name. */
import type { GuardedFolder as FolderStatus } from '#shared/contract/guard.ts';
import type { JobSummary } from '#shared/contract/jobs.ts';
import { newJobId } from '#shared/jobs/job-id.ts';
import { Problem } from '../../base/problem.ts';
import { nameBytes } from '../../base/raw-names.ts';
import type { Engine } from '../../engine/engine.ts';
import { acceptEntries } from '../../guard/guard.ts';
import type { GuardedFolder, GuardStore } from '../../guard/guard-store.ts';
import { statusOrProblem } from '../../guard/status.ts';
import { asProblem } from '../../tasks/path-input.ts';
import { runSteps } from '../../tasks/pipeline/stepped-task.ts';
import type { JobService } from '../jobs/job-service.ts';
import type { SourceList } from '../sources/sources.ts';

export interface NamedFile {
  readonly path: string;
  readonly pathBase64?: string | undefined;
}

export class GuardService {
  readonly #store: GuardStore;
  readonly #engine: Pick<Engine, 'start' | 'stats'>;
  readonly #jobs: JobService;
  readonly #sources: SourceList;

  constructor(store: GuardStore, engine: Pick<Engine, 'start' | 'stats'>, jobs: JobService, sources: SourceList) {
    this.#store = store;
    this.#engine = engine;
    this.#jobs = jobs;
    this.#sources = sources;
  }

  async list(): Promise<FolderStatus[]> {
    const folders = await this.#store.list();
    return await Promise.all(folders.map((folder) => statusOrProblem(folder, Date.now())));
  }

  /** Throws Problem: NOT_FOUND, CONFLICT (the job is not about one folder). */
  async add(job: number): Promise<JobSummary> {
    const { sources, reach } = this.#jobs.get(job);
    const [root] = reach.roots;
    if (sources.length !== 1 || sources[0]!.kind !== 'folder' || root === undefined) {
      throw new Problem('CONFLICT', 'Only one folder at a time can be guarded.');
    }
    return await this.#start('add', root);
  }

  /** Throws Problem: NOT_FOUND, CONFLICT. */
  async check(id: string): Promise<JobSummary> {
    return await this.#start('check', nameBytes((await this.#folder(id)).root));
  }

  async #start(action: 'add' | 'check', root: Uint8Array): Promise<JobSummary> {
    const [source] = await this.#sources.grant([root]);
    return await this.#jobs.start({ kind: 'guard', action, source: source!.id });
  }

  /** Throws Problem: NOT_FOUND, UNREADABLE. */
  async accept(id: string, files: readonly NamedFile[]): Promise<{ accepted: number }> {
    const folder = await this.#folder(id);
    const paths = files.map(({ path, pathBase64 }) => {
      return Buffer.from(pathBase64 ?? path, pathBase64 === undefined ? 'utf8' : 'base64');
    });
    let accepted = 0;
    const given = { algorithms: [], reach: { roots: [], followsLinks: false } };
    const { done } = runSteps({ engine: this.#engine, id: newJobId() }, given, async (steps) => {
      accepted = await asProblem(acceptEntries(this.#store, folder, paths, Date.now, steps));
      return null;
    });
    await done;
    return { accepted };
  }

  async remove(id: string): Promise<void> {
    await asProblem(this.#store.remove(await this.#folder(id)));
  }

  async #folder(id: string): Promise<GuardedFolder> {
    const folder = await this.#store.byId(id);
    if (folder === undefined) throw new Problem('NOT_FOUND', 'The folder is no longer guarded.');
    return folder;
  }
}
