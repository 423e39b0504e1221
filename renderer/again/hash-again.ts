/** Hashing results again: what was asked of the host, what it answered, and how that is told. */
import { limits, type Rehashed } from '#shared/contract/models.ts';
import { formatCount } from '#shared/text/quantities.ts';
import type { ResultTable } from '../results/result-table.ts';
import type { Session } from '../state/session.ts';
import { words } from '../text/words.ts';
import { type AgainState, alarming, type Outcome, outcomes } from './again-store.ts';

/** Answers without news that are kept; the oldest go. */
const maxPlainAnswers = 10_000;

/** Outcomes that change nothing about what the row says. Any other answer is a finding, and is never dropped. */
const plain: ReadonlySet<Outcome> = new Set(['same', 'upload', 'skipped']);

/** One row is told in the details, several in a notice. What the host refuses is told like any problem. */
export async function hashAgain(session: Session, rows: readonly number[]): Promise<void> {
  const { again, app } = session;
  if (rows.length === 0 || again.getState().busy) return;
  if (rows.length === 1) app.setState({ detailsOpen: true });
  again.setState({ busy: true });
  const counts = new Map<Outcome, number>();
  await session.attempt(async () => {
    for (const { job, results } of requests(session.results.table, rows)) {
      const answers = await session.client.api.results.rehash({ job, results });
      for (const { outcome } of answers) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      again.setState((state) => ({ answers: withAnswers(state.answers, job, answers) }));
    }
  });
  again.setState({ busy: false });
  if (rows.length > 1 && counts.size > 0) tell(session, counts);
}

function tell(session: Session, counts: ReadonlyMap<Outcome, number>): void {
  const told = outcomes.filter((outcome) => counts.has(outcome));
  const parts = told.map((outcome) => words.t(`again.count.${outcome}`, { shown: formatCount(counts.get(outcome)!) }));
  const isProblem = told.some((outcome) => alarming.has(outcome));
  session.notify(isProblem ? 'problem' : 'done', words.t('again.told', { parts: parts.join(', ') }));
}

interface Request {
  readonly job: number;
  readonly results: { batch: number; entry: number }[];
}

/** No more results at once than the host takes; each request is of one job. */
function requests(table: ResultTable, rows: readonly number[]): Request[] {
  const made: Request[] = [];
  for (const row of rows) {
    const batch = table.batch(row);
    const reference = { batch: batch.sequence, entry: batch.entryId(table.record(row)) };
    const open = made.findLast((request) => request.job === batch.jobId);
    if (open !== undefined && open.results.length < limits.rehash) open.results.push(reference);
    else made.push({ job: batch.jobId, results: [reference] });
  }
  return made;
}

/** Exported for its test. */
export function withAnswers(
  before: AgainState['answers'],
  job: number,
  answers: readonly Rehashed[],
): ReadonlyMap<string, Rehashed> {
  const all = new Map(before);
  for (const answer of answers) {
    const key = `${job}/${answer.entry}`;
    all.delete(key);
    all.set(key, answer);
  }
  let excess = -maxPlainAnswers;
  for (const { outcome } of all.values()) if (plain.has(outcome)) excess++;
  for (const [key, { outcome }] of all) {
    if (excess <= 0) break;
    if (plain.has(outcome) && all.delete(key)) excess--;
  }
  return all;
}
