/** Shows a file in the system's file manager, but only one that the person had hashed. */
import path from 'node:path';
import type { HostServices } from './host.ts';
import type { JobService } from './jobs/job-service.ts';
import { Problem } from './problem.ts';

/** Throws Problem FORBIDDEN for a path that lies in no job's sources. */
export function reveal(services: HostServices, jobs: JobService, shown: string): void {
  const wanted = path.resolve(shown);
  const granted = jobs
    .ids()
    .flatMap((id) => jobs.find(id)?.sources ?? [])
    .some((source) => source.kind !== 'upload' && isWithin(wanted, source.path));
  if (services.reveal === undefined || !granted) {
    throw new Problem('FORBIDDEN', 'Only files that were hashed here can be shown.');
  }
  services.reveal(wanted);
}

function isWithin(wanted: string, granted: string): boolean {
  const relative = path.relative(granted, wanted);
  return relative === '' || !(relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative));
}
