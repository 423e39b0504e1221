/** Sends files to the web host, a few at a time, for as long as their job wants them. */
import { webRoutes } from '#shared/contract/bridge.ts';
import type { JobSummary, UploadFailure } from '#shared/contract/models.ts';
import { failureOf, type LocalFile } from './file-tree.ts';

/** A browser opens six connections to a host; one stays free for an export while a paused job stalls these. */
const atATime = 5;

interface Upload {
  readonly jobId: number;
  readonly url: string;
  readonly file: File | UploadFailure;
}

/** What was declared with a size, and is sent with exactly that many bytes. */
export function declaredSize(file: LocalFile): number {
  return typeof file.file === 'string' ? 0 : file.file.size;
}

export class Uploads {
  readonly #post: typeof fetch;
  readonly #declared = new Map<string, readonly LocalFile[]>();
  readonly #stops = new Map<number, AbortController>();
  readonly #queue: Upload[] = [];
  #running = 0;

  constructor(post: typeof fetch = (input, init) => fetch(input, init)) {
    this.#post = post;
  }

  /** Whether some files of a started job are still to be sent. */
  get underWay(): boolean {
    return this.#running > 0 || this.#queue.length > 0;
  }

  declare(sourceId: string, files: readonly LocalFile[]): void {
    this.#declared.set(sourceId, files);
  }

  drop(sourceIds: readonly string[]): void {
    for (const id of sourceIds) this.#declared.delete(id);
  }

  /** Sources that this window did not declare are left alone. */
  send(job: JobSummary): void {
    for (const source of job.sources) {
      const files = this.#declared.get(source.id);
      if (files === undefined) continue;
      this.#declared.delete(source.id);
      files.forEach(({ file }, index) => {
        const url = `.${webRoutes.upload}/${job.id}/${encodeURIComponent(source.id)}/${index}`;
        this.#queue.push({ jobId: job.id, url, file });
      });
    }
    this.#fill();
  }

  /** Ends the job's uploads, those under way included. */
  stop(jobId: number): void {
    this.#stops.get(jobId)?.abort();
    this.#stops.delete(jobId);
    const kept = this.#queue.filter((upload) => upload.jobId !== jobId);
    this.#queue.splice(0, this.#queue.length, ...kept);
  }

  #fill(): void {
    while (this.#running < atATime) {
      const upload = this.#queue.shift();
      if (upload === undefined) return;
      this.#running++;
      void this.#send(upload).finally(() => {
        this.#running--;
        this.#fill();
      });
    }
  }

  async #send({ jobId, url, file }: Upload): Promise<void> {
    const stop = this.#stops.get(jobId) ?? new AbortController();
    this.#stops.set(jobId, stop);
    const { signal } = stop;
    const failure = typeof file === 'string' ? file : await this.#sendBytes(url, file, signal);
    if (failure === null || signal.aborted) return;
    // The job waits for every declared file: the host is told that this one will not come, and its row says why.
    await this.#post(`${url}?failed=${failure}`, { method: 'POST', signal }).catch(() => undefined);
  }

  /** null when they were sent, else why not. */
  async #sendBytes(url: string, file: File, signal: AbortSignal): Promise<UploadFailure | null> {
    try {
      await this.#post(url, { method: 'POST', body: file, signal });
      return null;
    } catch {
      // Fetch does not tell a file that cannot be read from a connection that broke.
      return file
        .slice(0, 1)
        .arrayBuffer()
        .then(() => 'UPLOAD_ABORTED' as const, failureOf);
    }
  }
}
