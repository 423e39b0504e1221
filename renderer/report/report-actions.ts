import type { ReportFormat } from '#shared/contract/models.ts';
import { formatCount } from '#shared/text/quantities.ts';
import type { Session } from '../state/session.ts';
import { words } from '../text/words.ts';

/** Saves the report where the person chooses, or has the browser fetch it. */
export async function saveReport(session: Session, job: number, format: ReportFormat): Promise<void> {
  await session.attempt(async () => {
    const outcome = await session.client.api.results.report({ job, format });
    if (outcome.kind === 'download') session.client.download(outcome.url);
    if (outcome.kind !== 'saved') return;
    const { records, path } = outcome;
    session.notify('done', words.t('report.saved', { count: records, records: formatCount(records), path }));
  });
}
