/** One sentence on what came of a job, for its header and for the list of jobs. */
import type { HistoryEntry, JobSummary } from '#shared/contract/models.ts';
import { words } from '../text/words.ts';

/** `good` and `bad` are for kinds that judge; `unsure`: somebody should look; `busy`: more is to come. */
export type Tone = 'good' | 'bad' | 'unsure' | 'plain' | 'busy';

export interface Verdict {
  readonly tone: Tone;
  readonly text: string;
}

/** Where a job stands, of this run or of the history. */
export interface Standing {
  readonly kind: JobSummary['kind'];
  readonly state: JobSummary['state'] | HistoryEntry['state'];
  readonly totals: JobSummary['totals'] | null;
  readonly outcome: JobSummary['outcome'];
  readonly failure: JobSummary['failure'];
}

/** The verdict of a job that has not finished, which is the same for every kind; null once it has. */
export function openVerdict({ kind, state, failure }: Standing): Verdict | null {
  switch (state) {
    case 'running':
      return { tone: 'busy', text: words.t(`verdict.running.${kind}`) };
    case 'paused':
    case 'cancelling':
      return { tone: 'busy', text: words.t(`verdict.${state}`) };
    case 'cancelled':
    case 'interrupted':
      return { tone: 'unsure', text: words.t(`verdict.${state}`) };
    case 'failed':
      return { tone: 'bad', text: words.t('verdict.failed', { message: failure?.message ?? '' }) };
    case 'finished':
      return null;
  }
}
