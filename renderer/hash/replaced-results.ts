/**
 * Results of earlier runs of a job that went on, which later ones took the place of: a file that changed meanwhile was
 * read again, and has but one row.
 */
import type { JobSummary, ResultReference } from '#shared/contract/models.ts';
import { isActive } from '../state/jobs.ts';
import type { Session } from '../state/session.ts';
import type { HashModel } from './hash-model.ts';

/** Asks, for every job that is shown and has ended, what was replaced in it, and shows it anew where something was. */
export function watchReplaced(session: Session, model: HashModel): void {
  /** Jobs that were asked about, with how many batches they had then. */
  const asked = new Map<number, number>();
  const ask = async ({ id, batches }: JobSummary): Promise<void> => {
    if (asked.get(id) === batches) return;
    asked.set(id, batches);
    // A lost connection has its own banner, and the window asks again when it shows the job anew.
    const replaced = await session.client.api.results.replaced({ id }).catch((): ResultReference[] => {
      asked.delete(id);
      return [];
    });
    if (replaced.length === 0 || !model.setReplaced(id, replaced)) return;
    if (session.app.getState().jobs.some((job) => job.id === id)) session.showAnew();
  };
  session.app.subscribe(({ jobs }, before) => {
    if (jobs === before.jobs) return;
    for (const job of jobs) if (job.kind === 'hash' && !isActive(job) && job.batches > 0) void ask(job);
  });
}
