/**
 * Shows a file in the system's file manager, but only one that the person had hashed: below what they
 * granted by its name, and, unless the job followed links, by where it really lies as well.
 */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Source } from '#shared/contract/sources.ts';
import { Problem } from '../../base/problem.ts';
import { isPathWithin } from '../../base/within.ts';
import type { HostServices } from '../host.ts';
import type { Job } from '../jobs/job.ts';
import type { JobService } from '../jobs/job-service.ts';

/** Throws Problem FORBIDDEN for a path that lies in no job's sources. */
export async function reveal(services: HostServices, jobs: JobService, shown: string): Promise<void> {
  const wanted = path.resolve(shown);
  if (services.reveal === undefined || /* guard: showing files */ !(await isGranted(jobs, wanted))) {
    throw new Problem('FORBIDDEN', 'Only files that were hashed here can be shown.');
  }
  services.reveal(wanted);
}

async function isGranted(jobs: JobService, wanted: string): Promise<boolean> {
  for (const id of jobs.ids()) {
    const job = jobs.find(id);
    for (const source of job?.sources ?? []) {
      const granted = grantedBy(job!, source);
      if (granted === null || !isPathWithin(wanted, granted)) continue;
      if (
        /* guard: showing files beyond links => true */ job!.reach.followsLinks ||
        (await liesWithin(wanted, granted))
      )
        return true;
    }
  }
  return false;
}

/** A checksum file stands for the folder that its names lie below. */
function grantedBy(job: Job, source: Source): string | null {
  if (source.kind === 'upload') return null;
  return job.kind === 'verify' && source.kind === 'file' ? path.dirname(source.path) : source.path;
}

/** The file itself may be a link, which is shown and not followed, or be gone by now. */
async function liesWithin(wanted: string, granted: string): Promise<boolean> {
  if (wanted === path.resolve(granted)) return true;
  const real = (file: string): Promise<string> => realpath(file).catch(() => file);
  return isPathWithin(await real(path.dirname(wanted)), await real(granted));
}
