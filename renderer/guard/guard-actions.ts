/** What a person does with guarded folders. Every action tells its own problems; none throws. */
import type { GuardEntry } from '#shared/contract/kinds/guard.ts';
import { formatCount } from '#shared/text/quantities.ts';
import { isActive } from '../state/jobs.ts';
import type { Session } from '../state/session.ts';
import { words } from '../text/words.ts';

export async function guardFolderOf(session: Session, job: number): Promise<void> {
  await session.attempt(async () => session.takeStarted(await session.client.api.guard.add({ job })));
}

export async function checkNow(session: Session, id: string): Promise<void> {
  await session.attempt(async () => session.takeStarted(await session.client.api.guard.check({ id })));
}

/** The file is right as it is now. */
export async function acceptFile(session: Session, folder: string, { path, pathBase64 }: GuardEntry): Promise<void> {
  await session.attempt(async () => {
    const named = pathBase64 === undefined ? { path } : { path, pathBase64 };
    await session.client.api.guard.accept({ id: folder, paths: [named] });
    session.notify('done', words.t('guard.accepted', { path }));
  });
}

/** Damage is told wherever the person is in the window; what else a check finds waits in its report. */
export function announceDamage(session: Session): void {
  session.app.subscribe(({ allJobs }, { allJobs: before }) => {
    for (const job of allJobs) {
      const damaged = job.outcome?.counts.damaged ?? 0;
      if (job.kind !== 'guard' || damaged === 0 || isActive(job)) continue;
      // Only what ended just now: jobs of the history were told about then.
      const was = before.find(({ id }) => id === job.id);
      if (was === undefined || !isActive(was)) continue;
      const path = job.sources[0]?.path ?? '';
      session.notify('problem', words.t('guard.damage', { count: damaged, shown: formatCount(damaged), path }));
    }
  });
}
